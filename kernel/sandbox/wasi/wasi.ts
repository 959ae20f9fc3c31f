import { type Clocks, clockFunctions } from "./clock.ts";
import { descriptorFunctions } from "./descriptor-functions.ts";
import { createDescriptorTable, type DescriptorTable } from "./descriptors.ts";
import { directoryListingFunctions } from "./directory-listing.ts";
import { type Errno, ErrnoError } from "./errno.ts";
import { WasiExit } from "./exit.ts";
import { fileAttributeFunctions } from "./file-attributes.ts";
import type { Host, WasiFunctions } from "./host.ts";
import { defaultLimits, type WasiLimits } from "./limits.ts";
import { createGuestMemory } from "./memory.ts";
import { pathChangeFunctions } from "./path-changes.ts";
import { pathOpenFunctions } from "./path-open.ts";
import { pollFunctions } from "./poll.ts";
import { processFunctions } from "./process.ts";
import { readWriteFunctions } from "./read-write.ts";
import { directoryRights, fileRights, inputRights, outputRights } from "./rights.ts";
import { seekFunctions } from "./seek.ts";
import { socketFunctions } from "./sockets.ts";
import { errnoOfVirtualFsError, type VirtualFs, VirtualFsError } from "./virtual-fs.ts";

/** All that a guest can see of the world through WASI; what is not named here does not exist for it. */
export interface WasiOptions extends Clocks {
  /** `argv`, the program's name first. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** All that can be read from standard input; nothing if left out. */
  readonly stdin?: Uint8Array;
  /** Takes a chunk, which is the receiver's to keep. May throw {@link WasiExit} to end a guest that writes too much. */
  stdout(chunk: Uint8Array): void;
  stderr(chunk: Uint8Array): void;
  /** Fills a buffer of at most 64 KiB. */
  random(buffer: Uint8Array): void;
  /** Resolves after `ms` milliseconds, which may have a fraction; rejects to end the guest. */
  sleep(ms: number): Promise<void>;
  /** Directories by the name under which the guest finds them: `{ "/workspace": fs }`; descriptors from 3 on, in this order. */
  readonly preopens: Readonly<Record<string, VirtualFs>>;
  readonly limits?: Partial<WasiLimits>;
}

export interface Wasi {
  /** The functions of `wasi_snapshot_preview1`, all of them. Each returns an error number, or a promise of it. */
  readonly imports: Readonly<Record<string, (...args: never[]) => unknown>>;
  /** Names of those that may return a promise; the caller wraps them in `WebAssembly.Suspending`. */
  readonly suspending: ReadonlySet<string>;
  /** Gives the host the guest's memory, once it is instantiated. Calls made before answer EFAULT. */
  bind(memory: WebAssembly.Memory): void;
  /** Set once the guest has ended by `proc_exit` or {@link WasiExit}. */
  readonly exitCode: number | undefined;
}

/**
 * WASI preview 1 for one guest. Source: the witx of `wasi_snapshot_preview1`. A guest's mistakes are error numbers; what is
 * thrown out of an import is a {@link WasiExit} or the failure of something in `options`.
 *
 * @example
 * const wasi = createWasi(options);
 * const imports = Object.fromEntries(Object.entries(wasi.imports).map(([name, call]) =>
 *   [name, wasi.suspending.has(name) ? new WebAssembly.Suspending(call) : call]));
 * const { exports } = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: imports });
 * wasi.bind(exports.memory);
 * await WebAssembly.promising(exports._start)().catch((error) => { if (!(error instanceof WasiExit)) throw error; });
 */
export function createWasi(options: WasiOptions): Wasi {
  const limits = { ...defaultLimits, ...options.limits };
  const memory = createGuestMemory();
  const table = createDescriptorTable(limits.openDescriptors);
  openInitial(table, options);
  const host: Host = { memory, table, limits };

  let exit: WasiExit | undefined;

  function answer(error: unknown): Errno {
    if (error instanceof ErrnoError) return error.errno;
    if (error instanceof VirtualFsError) return errnoOfVirtualFsError(error);
    if (error instanceof WasiExit) exit ??= error;
    throw error;
  }

  // A guest can catch what is thrown through it; one that has ended gets nothing more from any call.
  function guarded(
    call: (...args: never[]) => Errno | Promise<Errno>,
  ): (...args: (number | bigint)[]) => unknown {
    return (...args) => {
      if (exit !== undefined) throw exit;
      for (let index = 0; index < args.length; index++) {
        const value = args[index];
        if (typeof value === "number") args[index] = value >>> 0;
      }
      try {
        const result = call(...(args as never[]));
        return typeof result === "number" ? result : result.catch(answer);
      } catch (error) {
        return answer(error);
      }
    };
  }

  const families: readonly WasiFunctions[] = [
    processFunctions(host, options),
    clockFunctions(host, options),
    descriptorFunctions(host),
    readWriteFunctions(host),
    seekFunctions(host),
    fileAttributeFunctions(host),
    directoryListingFunctions(host),
    pathOpenFunctions(host),
    pathChangeFunctions(host),
    pollFunctions(host, options),
    socketFunctions(host),
  ];
  const imports: Record<string, (...args: never[]) => unknown> = {};
  const suspending = new Set<string>();
  for (const { immediate = {}, waiting = {} } of families) {
    for (const [name, call] of Object.entries(immediate)) imports[name] = guarded(call);
    for (const [name, call] of Object.entries(waiting)) {
      imports[name] = guarded(call);
      suspending.add(name);
    }
  }

  return {
    imports,
    suspending,
    bind: memory.bind,
    get exitCode() {
      return exit?.code;
    },
  };
}

function openInitial(table: DescriptorTable, options: WasiOptions): void {
  const { stdin = new Uint8Array(0), preopens } = options;
  const output = { kind: "output", flags: 0, base: outputRights, inheriting: 0 } as const;
  table.open({ kind: "input", data: stdin, position: 0, flags: 0, base: inputRights, inheriting: 0 });
  table.open({ ...output, write: (chunk) => options.stdout(chunk) });
  table.open({ ...output, write: (chunk) => options.stderr(chunk) });
  const devices = new Map<VirtualFs, number>();
  for (const [preopen, fs] of Object.entries(preopens)) {
    const device = devices.get(fs) ?? devices.size + 1;
    devices.set(fs, device);
    table.open({
      kind: "directory",
      fs,
      device,
      path: "",
      removed: false,
      preopen,
      listing: undefined,
      flags: 0,
      base: directoryRights,
      inheriting: directoryRights | fileRights,
    });
  }
}
