import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { FieldworkError } from "#contract";
import type { Stop } from "../process/allowance.ts";
import { FRAME, type InvokeHead, type StatsFrame } from "../wire/index.ts";
import { createAdmission } from "./admission.ts";
import { createPreparer, type Prepared, type Preparer } from "./prepared.ts";
import { type Ended, type InvocationPort, type SandboxProcess, startProcess } from "./process.ts";
import { createTurns } from "./turns.ts";

const ENGINE_MEMORY_BYTES = 512 * 1024 * 1024;
const FORGE_IDLE_MS = 20_000;
/** How often a program is loaded for one call, should others take its room each time. */
const LOADS_MAX = 8;
const SPARE_IDLE_MS = 60_000;

export interface SandboxOptions {
  /** Where prepared programs are kept. */
  readonly cache: string;
  /** One process a core. */
  readonly processes: number;
  /** All instances of one process together. */
  readonly memoryMb: number;
}

export interface ProcessInfo extends StatsFrame {
  readonly pid: number;
  readonly calls: number;
  readonly respawns: number;
}

/** Runs guests in sandbox processes, which it starts, watches, kills and replaces. */
export interface Sandbox extends Preparer {
  invoke(program: Prepared, head: Omit<InvokeHead, "program" | "kind">, port: InvocationPort): Invoked;
  /**
   * Loads a script, its top level run and its imports followed, as the first call would; one that is proven is taken as it is.
   * @throws FieldworkError `module_invalid`
   */
  check(program: Prepared): Promise<void>;
  /** Lets every process drop a program; one that is running goes on. */
  unload(key: string): void;
  info(): Promise<ProcessInfo[]>;
  /** Process ids, for tests that pull the plug. */
  pids(): number[];
  close(): Promise<void>;
}

export interface Invoked {
  readonly ended: Promise<Ended>;
  stop(reason: Stop): void;
}

interface Slot {
  process: Promise<SandboxProcess> | undefined;
  live: SandboxProcess | undefined;
  load: number;
  calls: number;
  respawns: number;
  idle: NodeJS.Timeout | undefined;
}

export function createSandbox(options: SandboxOptions): Sandbox {
  const slots = Array.from({ length: Math.max(1, options.processes) }, () => emptySlot());
  const turns = createTurns();
  const admission = createAdmission();
  let forge: { process: Promise<SandboxProcess>; idle: NodeJS.Timeout } | undefined;
  let closed = false;

  const preparer = createPreparer(options.cache, () => {
    if (closed) throw stopping();
    if (forge) forge.idle.refresh();
    else {
      const started = startProcess({ memoryMb: 512, turns });
      const end = () => {
        const over = forge;
        forge = undefined;
        void over?.process.then((one) => one.kill()).catch(() => {});
      };
      forge = { process: started, idle: setTimeout(end, FORGE_IDLE_MS).unref() };
      void started
        .then((one) => one.exited)
        .then(() => {
          if (forge?.process === started) forge = undefined;
        }, end);
    }
    return forge.process;
  });

  let engine: Promise<Prepared> | undefined;
  const preparedEngine = () => {
    engine ??= preparer.wasm(readEngine, ENGINE_MEMORY_BYTES, true).catch((error) => {
      engine = undefined;
      throw error;
    });
    return engine;
  };

  const start = (slot: Slot): Promise<SandboxProcess> => {
    if (closed) return Promise.reject(stopping());
    slot.process ??= startProcess({ memoryMb: options.memoryMb, turns }).then(
      (started) => {
        slot.live = started;
        slot.respawns++;
        void started.exited.then(() => {
          if (slot.live === started) retire(slot);
        });
        return started;
      },
      (error) => {
        slot.process = undefined;
        throw error;
      },
    );
    return slot.process;
  };

  /** The process that has the program already, else the one with the least to do; an idle second one is not started for nothing. */
  const choose = (key: string): Slot => {
    const holder = slots.find((slot) => slot.live?.programs.has(key));
    if (holder && holder.load < 8) return holder;
    const least = slots.reduce((best, slot) => (slot.load < best.load ? slot : best));
    return holder && holder.load <= least.load + 4 ? holder : least;
  };

  const load = (process: SandboxProcess, program: Prepared): Promise<void> => {
    const known = process.programs.get(program.key);
    if (known) return known;
    const loading = (async () => {
      if (program.kind === "js" && !process.programs.has("engine")) {
        const loadingEngine = preparedEngine().then(async (one) => {
          await process.request(FRAME.engine, ...(await one.payload()));
        });
        process.programs.set("engine", loadingEngine);
        loadingEngine.catch(() => process.programs.delete("engine"));
      }
      if (program.kind === "js") await process.programs.get("engine");
      const reply = await process.request(FRAME.load, ...(await program.payload()));
      for (const key of (JSON.parse(reply.toString()) as { dropped: string[] }).dropped)
        process.programs.delete(key);
    })();
    process.programs.set(program.key, loading);
    loading.catch(() => process.programs.delete(program.key));
    return loading;
  };

  const retire = (slot: Slot) => {
    slot.process = undefined;
    slot.live = undefined;
  };
  const rest = (slot: Slot) => {
    if (slot === slots[0]) return;
    clearTimeout(slot.idle);
    const end = () => {
      const { live } = slot;
      if (slot.load > 0 || !live) return;
      // Gone for whoever calls from here on: a call must not meet a process that is ending.
      retire(slot);
      live.kill();
    };
    slot.idle = setTimeout(end, SPARE_IDLE_MS).unref();
  };

  return {
    ...preparer,
    invoke(program, head, port) {
      let stopped: Stop | undefined;
      let stopRunning: ((reason: Stop) => void) | undefined;
      const run = async (): Promise<Ended> => {
        await admission.enter(head.module);
        const slot = choose(program.key);
        slot.load++;
        slot.calls++;
        try {
          const process = slot.live ?? (await start(slot));
          for (let times = 0; times < LOADS_MAX; times++) {
            const loaded = load(process, program);
            await loaded;
            if (stopped) throw new FieldworkError(stopped.code, stopped.message);
            const invoked = process.invoke({ ...head, program: program.key, kind: program.kind }, port);
            stopRunning = invoked.stop;
            const ended = await invoked.ended;
            if (ended) return ended;
            // Others took its room, or it was unloaded, just before the call came.
            if (process.programs.get(program.key) === loaded) process.programs.delete(program.key);
          }
          throw new FieldworkError("unavailable", "The sandbox has no room for the program just now.");
        } finally {
          slot.load--;
          admission.leave(head.module);
          if (slot.load === 0) rest(slot);
        }
      };
      return {
        ended: run(),
        stop(reason) {
          stopped ??= reason;
          stopRunning?.(reason);
        },
      };
    },
    async check(program) {
      if (program.kind !== "js" || program.proven()) return;
      const slot = choose(program.key);
      slot.load++;
      try {
        await load(slot.live ?? (await start(slot)), program);
        await program.prove();
      } finally {
        slot.load--;
        if (slot.load === 0) rest(slot);
      }
    },
    unload(key) {
      for (const { live } of slots) {
        if (!live?.programs.delete(key)) continue;
        void live.request(FRAME.unload, Buffer.from(key)).catch(() => {});
      }
    },
    async info() {
      const known = slots.flatMap((slot) => (slot.live ? [{ slot, live: slot.live }] : []));
      const infos = known.map(async ({ slot, live }) => ({
        ...(await live.stats()),
        pid: live.pid,
        calls: slot.calls,
        respawns: slot.respawns,
      }));
      return (await Promise.allSettled(infos)).flatMap((one) =>
        one.status === "fulfilled" ? [one.value] : [],
      );
    },
    pids: () => slots.flatMap((slot) => (slot.live ? [slot.live.pid] : [])),
    async close() {
      closed = true;
      clearTimeout(forge?.idle);
      const all = [...slots.map((slot) => slot.process), forge?.process];
      await Promise.allSettled(
        all.map(async (starting) => {
          const one = await starting;
          one?.kill();
          await one?.exited;
        }),
      );
    },
  };
}

const emptySlot = (): Slot => ({
  process: undefined,
  live: undefined,
  load: 0,
  calls: 0,
  respawns: -1,
  idle: undefined,
});

const stopping = () => new FieldworkError("unavailable", "The sandbox is closed; the system is stopping.");

const readEngine = (): Promise<Buffer> =>
  readFile(createRequire(import.meta.url).resolve("quickjs-wasi/quickjs.wasm"));
