import { hash } from "node:crypto";
import { mkdir, readdir, readFile, rename, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FUEL_VERSION } from "../fuel/index.ts";
import { FRAME } from "../wire/index.ts";
import { headed, withHead } from "./payload.ts";
import type { SandboxProcess } from "./process.ts";

const CACHE_MAX_BYTES = 1024 * 1024 * 1024;
const PAGE_BYTES = 65_536;

/** A program ready to be loaded into a sandbox process: the payload of a `load` frame. */
export interface Prepared {
  readonly key: string;
  readonly kind: "wasm" | "js";
  readonly head: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

interface MeteredHead {
  readonly fuelExport: string;
  readonly yieldImport: { readonly module: string; readonly name: string };
}

/**
 * Meters modules in a process of its own and keeps the results in a folder by what went in, so that the same module is
 * metered once for all times.
 */
export interface Preparer {
  wasm(bytes: Uint8Array, memoryBytes: number, engine?: boolean): Promise<Prepared>;
  script(
    files: Readonly<Record<string, string>>,
    entry: string,
    runtime: Readonly<Record<string, string>>,
  ): Promise<Prepared>;
}

export function createPreparer(folder: string, forge: () => Promise<SandboxProcess>): Preparer {
  const under = new Map<string, Promise<Prepared>>();

  const once = (key: string, make: () => Promise<Prepared>): Promise<Prepared> => {
    const known = under.get(key);
    if (known) return known;
    const made = make().finally(() => under.delete(key));
    under.set(key, made);
    return made;
  };

  const cached = async (
    key: string,
    kind: "wasm" | "js",
    make: () => Promise<{ head: MeteredHead | object; body: Buffer }>,
  ) => {
    const path = join(folder, `${key}.${kind}`);
    const stored = await readFile(path).catch(() => undefined);
    if (stored) {
      const { head, body, sound } = checked<MeteredHead>(stored);
      if (sound) {
        void utimes(path, new Date(), new Date()).catch(() => {});
        return { key, kind, head: { ...head, key, kind }, body } satisfies Prepared;
      }
    }
    const { head, body } = await make();
    await keep(folder, path, head, body);
    return { key, kind, head: { ...head, key, kind }, body } satisfies Prepared;
  };

  return {
    wasm(bytes, memoryBytes, engine = false) {
      const memoryMaxPages = Math.floor(memoryBytes / PAGE_BYTES);
      const key = `${hash("sha256", bytes)}-${memoryMaxPages}-${FUEL_VERSION}${engine ? "e" : ""}`;
      return once(key, () =>
        cached(key, "wasm", async () => {
          const reply = await (await forge()).request(
            FRAME.prepareWasm,
            ...withHead({ memoryMaxPages, engine }, bytes),
          );
          return headed<MeteredHead>(reply);
        }),
      );
    },
    script(files, entry, runtime) {
      const request = JSON.stringify({ files, runtime, entry });
      const key = `${hash("sha256", request)}-js-${FUEL_VERSION}`;
      return once(key, () =>
        cached(key, "js", async () => {
          const body = await (await forge()).request(FRAME.prepareProgram, Buffer.from(request));
          return { head: {}, body };
        }),
      );
    },
  };
}

/** A cached file begins with the hash of the rest, so that a half-written or altered one is made anew. */
function checked<T>(stored: Buffer): { head: T; body: Buffer; sound: boolean } {
  const rest = stored.subarray(64);
  if (stored.length < 68 || stored.toString("latin1", 0, 64) !== hash("sha256", rest)) {
    return { head: {} as T, body: rest, sound: false };
  }
  return { ...headed<T>(rest), sound: true };
}

async function keep(folder: string, path: string, head: unknown, body: Buffer): Promise<void> {
  const rest = Buffer.concat(withHead(head, body));
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(temporary, Buffer.concat([Buffer.from(hash("sha256", rest), "latin1"), rest]), {
      mode: 0o600,
    });
    await rename(temporary, path);
    await trim(folder);
  } catch {
    // The cache only saves time: without room for it everything is prepared anew.
    await unlink(temporary).catch(() => {});
  }
}

async function trim(folder: string): Promise<void> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      return { path, size: found?.size ?? 0, used: found?.mtimeMs ?? 0 };
    }),
  );
  let total = files.reduce((sum, file) => sum + file.size, 0);
  for (const file of files.sort((a, b) => a.used - b.used)) {
    if (total <= CACHE_MAX_BYTES) return;
    await unlink(file.path).catch(() => {});
    total -= file.size;
  }
}
