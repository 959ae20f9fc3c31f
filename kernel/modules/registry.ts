import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ACTIONS, FieldworkError, type JsonValue, type ModuleInfo, moduleId } from "#contract";
import type { Grants } from "../grants/index.ts";
import type { Sandbox } from "../sandbox/index.ts";
import { type FolderWatch, watchFolder } from "../watch/index.ts";
import { createDaemons } from "./daemons.ts";
import { createDecisions, type Decision } from "./decisions.ts";
import { manifestDiagnostics } from "./diagnostics.ts";
import { asksOf, createEntry, infoOf, type ModuleEntry } from "./entry.ts";
import { createExecution } from "./execution.ts";
import { FOLDER_ENDING, fingerprint, maybeSources, readFolder } from "./folder.ts";
import { checkInput, schemaProblems } from "./input-check.ts";
import { notReady, stateOf } from "./readiness.ts";
import type { ModuleConfig, ModuleRecords } from "./records.ts";
import type { Run, RunOptions } from "./run.ts";

/** Functions the host calls in every module, exposed or not. */
const HOST_FUNCTIONS: ReadonlySet<string> = new Set(["handle_message", "handle", "on_load", "on_stop"]);
const SCAN_AT_ONCE = 16;
const BOOT = "boot";

export interface RegistryOptions {
  /** The folder of module folders. */
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly run: Run;
  readonly grants: Grants;
  readonly records: ModuleRecords;
  readonly runtimeFiles: () => Readonly<Record<string, string>>;
  memoryBytesOf(entry: ModuleEntry): number;
  /** A line in the journal. */
  note(kind: string, id: string, data?: Readonly<Record<string, JsonValue>>): void;
  closeState(id: string): void;
  readonly now: () => number;
}

/** The modules of the home: found, watched, loaded, called. */
export interface Registry {
  /** @param daemons whether those that expose `boot` are started, and what may run is tried. */
  start(daemons: boolean): Promise<void>;
  ids(): string[];
  has(id: string): boolean;
  entry(id: string): ModuleEntry;
  info(id: string): ModuleInfo;
  /** Reads the folder again; what is wrong with it is in its info. */
  reload(id: string): Promise<ModuleInfo>;
  /** Lets a module run, with the grants decided on. */
  approve(id: string, decision: Decision): Promise<ModuleInfo>;
  setEnabled(id: string, enabled: boolean): Promise<ModuleInfo>;
  configure(id: string, config: ModuleConfig): void;
  /** Stops all of a module that runs and lets go of its files. */
  release(id: string, why: string): Promise<void>;
  /** Forgets a module whose folder is gone. */
  forget(id: string): void;
  invoke(id: string, fn: string, args: JsonValue, options?: RunOptions): Promise<JsonValue>;
  /** Holds a module while its folder is changed on purpose: its calls and mail wait, and it is not taken for somebody's edit. */
  hold<T>(id: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when nobody holds the module. */
  free(id: string): Promise<void>;
  close(): Promise<void>;
}

export function createRegistry(options: RegistryOptions): Registry {
  const { grants, records, note } = options;
  const entries = new Map<string, ModuleEntry>();
  const reloading = new Map<string, Promise<void>>();
  let watch: FolderWatch | undefined;
  const held = new Map<string, Promise<void>>();
  let closed = false;
  let withDaemons = true;

  const daemons = createDaemons(async (id, signal) => {
    const entry = ready(id);
    await execution.invoke(entry, BOOT, {}, { signal, endless: true });
  }, options.now);

  const folderOf = (id: string) => join(options.folder, `${id}${FOLDER_ENDING}`);

  const found = (id: string): ModuleEntry => {
    const entry = entries.get(id);
    if (!entry)
      throw new FieldworkError("not_found", `There is no module ${id}.`, {
        remedy: "Look which there are.",
        action: ACTIONS.see_agents(),
      });
    return entry;
  };
  const state = (entry: ModuleEntry) => stateOf(entry, records.get(entry.id));
  const ready = (id: string): ModuleEntry => {
    const entry = found(id);
    const now = state(entry);
    if (now !== "ready") throw notReady(entry, now);
    return entry;
  };

  const execution = createExecution({ ...options, stopDaemon: (id) => daemons.stop(id) });
  const { stopAll } = execution;

  const settle = (entry: ModuleEntry): void => {
    if (state(entry) !== "ready" || closed || !withDaemons) return;
    if (entry.manifest?.exposes_rpc.some((rpc) => rpc.name === BOOT)) daemons.start(entry.id);
  };

  /** Watches from before it reads, so that no change is missed; anew each time, since the folder may be another one now. */
  const readInto = async (entry: ModuleEntry): Promise<void> => {
    entry.watch?.close();
    entry.watch = watchFolder(entry.folder, () => void changed(entry.id), { inside: maybeSources });
    entry.fingerprint = await fingerprint(entry.folder);
    const reading = await readFolder(entry.folder);
    entry.manifest = reading.manifest;
    const schemas = reading.manifest ? schemaProblems(reading.manifest) : [];
    entry.problems = [...reading.problems, ...schemas];
    entry.diagnostics = [...reading.diagnostics, ...manifestDiagnostics(schemas, undefined)];
    entry.hasPrompt = existsSync(join(entry.folder, "prompt.md"));
    if (entry.problems.length > 0) note("module.broken", entry.id, { problems: entry.problems.slice(0, 20) });
  };

  /** One reading of a module's folder at a time; what changed meanwhile is read in the next one. */
  const inTurn = (id: string, read: () => Promise<void>): Promise<void> => {
    const next = (reloading.get(id) ?? Promise.resolve()).then(read);
    reloading.set(id, next);
    void next.finally(() => reloading.get(id) === next && reloading.delete(id));
    return next;
  };

  const reload = (id: string): Promise<void> =>
    inTurn(id, async () => {
      const entry = entries.get(id);
      if (!entry || closed) return;
      if (!existsSync(entry.folder)) {
        await stopAll(entry, "its folder is gone");
        forget(id);
        note("module.gone", id);
        return;
      }
      const before = JSON.stringify(entry.manifest);
      await readInto(entry);
      // What runs goes on with what it began with: it may be in the middle of something that must not be left half done.
      if (entry.problems.length === 0 && records.get(id))
        await execution.renew(entry, JSON.stringify(entry.manifest) === before);
      else await execution.retire(entry, "its folder changed");
      note("module.loaded", id, { version: entry.manifest?.version ?? "", state: state(entry) });
      settle(entry);
    });

  const free = async (id: string): Promise<void> => {
    for (let wait = held.get(id); wait; wait = held.get(id)) await wait;
  };

  /** Somebody may have edited a module's folder, or put another in its place. */
  const changed = async (id: string): Promise<void> => {
    const entry = entries.get(id);
    if (!entry || closed || held.has(id)) return;
    const now = await fingerprint(entry.folder);
    if (now !== entry.fingerprint && !held.has(id)) await reload(id);
  };

  const forget = (id: string) => {
    entries.get(id)?.watch?.close();
    options.closeState(id);
    entries.delete(id);
  };

  /** A module is there for others once its folder was read. */
  const adopt = (id: string): Promise<void> =>
    inTurn(id, async () => {
      if (entries.has(id) || closed) return;
      const entry = createEntry(id, folderOf(id));
      await readInto(entry);
      entries.set(id, entry);
      if (!records.get(id)) note("module.noticed", id, { state: state(entry), folder: entry.folder });
      settle(entry);
    });

  const scan = async (): Promise<void> => {
    const names = await readdir(options.folder, { withFileTypes: true });
    const present = new Set<string>();
    for (const entry of names) {
      if (!entry.isDirectory() || !entry.name.endsWith(FOLDER_ENDING)) continue;
      const id = entry.name.slice(0, -FOLDER_ENDING.length);
      if (moduleId.safeParse(id).success) present.add(id);
    }
    const fresh = [...present].filter((id) => !entries.has(id) && !held.has(id));
    const one = async (): Promise<void> => {
      for (let id = fresh.shift(); id !== undefined; id = fresh.shift()) await adopt(id);
    };
    await Promise.all(Array.from({ length: SCAN_AT_ONCE }, one));
    for (const id of [...entries.keys()].filter((one) => !held.has(one))) {
      if (present.has(id)) await changed(id);
      else await reload(id);
    }
  };

  /** One after the other, beside everything else: what was edited while the system was down shows before somebody calls it. */
  const examine = async (): Promise<void> => {
    for (const id of [...entries.keys()]) {
      await inTurn(id, async () => {
        const entry = entries.get(id);
        if (closed || !entry || state(entry) !== "ready" || entry.manifest?.entry.endsWith(".wasm")) return;
        await execution.tryProgram(entry);
      });
    }
  };

  const decisions = createDecisions({ grants, records, execution, note, entry: found, reload });

  const given = (id: string) => (capability: string, scope: string) =>
    grants.scopes(id, capability).includes(scope);

  const info = (id: string): ModuleInfo => {
    const entry = found(id);
    const asks = entry.manifest ? asksOf(entry.manifest, given(id)) : [];
    return infoOf(entry, state(entry), asks, daemons.info(id));
  };

  return {
    async start(boot) {
      withDaemons = boot;
      watch = watchFolder(options.folder, () => {
        if (!closed) void scan().catch(() => {});
      });
      await scan();
      if (boot) void examine().catch(() => {});
    },
    ids: () => [...entries.keys()].sort(),
    has: (id) => entries.has(id),
    entry: found,
    info,
    async reload(id) {
      if (!entries.has(id) && existsSync(folderOf(id))) await adopt(id);
      else await reload(id);
      return info(id);
    },
    async approve(id, decision) {
      await decisions.approve(id, decision);
      return info(id);
    },
    async setEnabled(id, enabled) {
      await decisions.setEnabled(id, enabled);
      return info(id);
    },
    configure: decisions.configure,
    async release(id, why) {
      const entry = entries.get(id);
      if (!entry) return;
      await stopAll(entry, why);
      await Promise.allSettled([...entry.running].map((one) => one.ended));
      // Whoever waited for those calls writes down how they ended before the database is closed.
      await new Promise((resolve) => setImmediate(resolve));
      options.closeState(id);
    },
    forget,
    async invoke(id, fn, args, run = {}) {
      if (held.has(id)) await free(id);
      const entry = ready(id);
      const exposed = entry.manifest?.exposes_rpc.find((rpc) => rpc.name === fn);
      if (fn === BOOT || (!exposed && !HOST_FUNCTIONS.has(fn))) {
        throw new FieldworkError("not_found", `${id} does not expose ${fn}.`, {
          remedy: `It exposes: ${entry.manifest?.exposes_rpc.map((rpc) => rpc.name).join(", ") || "nothing"}.`,
        });
      }
      if (exposed) checkInput(fn, exposed.input_schema, args);
      return execution.invoke(entry, fn, args, run);
    },
    async hold(id, work) {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(id, promise);
      try {
        return await work();
      } finally {
        held.delete(id);
        resolve();
        void changed(id).catch(() => {});
      }
    },
    free,
    async close() {
      closed = true;
      watch?.close();
      for (const entry of entries.values()) entry.watch?.close();
      await daemons.stopAll();
      const stops = [...entries.values()].filter((entry) => entry.loaded || entry.running.size > 0);
      await Promise.race([
        // A folder that is being read is read to its end: what comes of it is noted in a journal that is still open.
        Promise.allSettled([
          ...stops.map((entry) => stopAll(entry, "the system is stopping")),
          ...reloading.values(),
        ]),
        new Promise((resolve) => setTimeout(resolve, 3000).unref()),
      ]);
    },
  };
}
