import { FieldworkError, type JsonValue } from "#contract";
import type { Prepared, Sandbox } from "../sandbox/index.ts";
import { diagnosticsOf } from "./diagnostics.ts";
import type { ModuleEntry } from "./entry.ts";
import { problemsOf, readEntry, readSources } from "./folder.ts";
import type { Run, RunOptions } from "./run.ts";

const ON_LOAD_MS = 30_000;
const ON_STOP_MS = 10_000;

export interface ExecutionOptions {
  readonly sandbox: Sandbox;
  readonly run: Run;
  readonly runtimeFiles: () => Readonly<Record<string, string>>;
  memoryBytesOf(entry: ModuleEntry): number;
  /** A line in the journal. */
  note(kind: string, id: string, data?: Readonly<Record<string, JsonValue>>): void;
  stopDaemon(id: string): Promise<void>;
}

/** Makes modules into programs, calls their functions and stops them. */
export interface Execution {
  /** Makes the program and loads it once, so that what is wrong with it is known before the first call. */
  tryProgram(entry: ModuleEntry): Promise<void>;
  /**
   * Takes over what the folder holds now, tried as by {@link Execution.tryProgram}. Where the program and the manifest are the same,
   * nothing happens. Otherwise the calls under way go on to their end with what they began with, and a daemon ends.
   */
  renew(entry: ModuleEntry, sameManifest: boolean): Promise<void>;
  /** The next call makes the program anew, after the present one was told; calls under way go on, a daemon ends. */
  retire(entry: ModuleEntry, why: string): Promise<void>;
  dropProgram(entry: ModuleEntry): void;
  invoke(entry: ModuleEntry, fn: string, args: JsonValue, run: RunOptions): Promise<JsonValue>;
  /** Ends all that runs of a module, then tells it. */
  stopAll(entry: ModuleEntry, why: string): Promise<void>;
}

const CHANGED = "its folder changed";

export function createExecution(options: ExecutionOptions): Execution {
  const { note, sandbox } = options;

  const make = async (entry: ModuleEntry): Promise<Prepared> => {
    const { manifest } = entry;
    if (!manifest) throw new FieldworkError("module_invalid", `${entry.id} has no valid manifest.`);
    if (manifest.entry.endsWith(".wasm"))
      return sandbox.wasm(() => readEntry(entry.folder, manifest), options.memoryBytesOf(entry));
    return sandbox.script(async () => ({
      files: await readSources(entry.folder),
      entry: manifest.entry,
      runtime: options.runtimeFiles(),
    }));
  };
  /** Made at the first call; what is wrong with the module itself goes to its problems. */
  const programOf = (entry: ModuleEntry): Promise<Prepared> => {
    if (entry.program) return entry.program;
    const made = make(entry);
    entry.program = made;
    made.catch((error) => {
      if (entry.program !== made) return;
      entry.program = undefined;
      brokenBy(entry, error);
    });
    return made;
  };
  /** Whatever else failed is not the module's own fault, and is tried again at the next call. */
  const brokenBy = (entry: ModuleEntry, error: unknown) => {
    if (!(error instanceof FieldworkError) || error.code !== "module_invalid") return;
    entry.problems = problemsOf(error);
    entry.diagnostics = diagnosticsOf(error, entry.problems);
    note("module.broken", entry.id, { problems: entry.problems.slice(0, 20) });
  };
  const check = (entry: ModuleEntry, program: Prepared): Promise<void> =>
    sandbox.check(program).catch((error) => brokenBy(entry, error));
  const tryProgram = async (entry: ModuleEntry): Promise<void> => {
    const program = await programOf(entry).catch(() => undefined);
    if (program) await check(entry, program);
  };
  const renew = async (entry: ModuleEntry, sameManifest: boolean): Promise<void> => {
    const before = await entry.program?.catch(() => undefined);
    if (!before) {
      await retire(entry, CHANGED);
      return tryProgram(entry);
    }
    const made = make(entry);
    const program = await made.catch((error) => brokenBy(entry, error));
    if (program?.key === before.key && sameManifest) return check(entry, program);
    await retire(entry, CHANGED);
    if (!program) return;
    entry.program = made;
    await check(entry, program);
  };
  const retire = async (entry: ModuleEntry, why: string): Promise<void> => {
    await options.stopDaemon(entry.id);
    const program = await entry.program?.catch(() => undefined);
    if (entry.loaded && program)
      await options.run(entry, program, "on_stop", { why }, { timeoutMs: ON_STOP_MS }).catch(() => {});
    dropProgram(entry);
  };
  const dropProgram = (entry: ModuleEntry) => {
    void entry.program?.then(
      ({ key }) => sandbox.unload(key),
      () => {},
    );
    entry.program = undefined;
    entry.loaded = undefined;
  };

  const invoke = async (
    entry: ModuleEntry,
    fn: string,
    args: JsonValue,
    run: RunOptions,
  ): Promise<JsonValue> => {
    const { stops } = entry;
    const made = programOf(entry);
    const program = await made;
    if (entry.program === made && fn !== "on_load" && fn !== "on_stop") await load(entry, program);
    if (entry.stops !== stops) throw new FieldworkError("cancelled", `${entry.id} was stopped.`);
    // Another one came while this one was made or loaded.
    if (entry.program !== made) return invoke(entry, fn, args, run);
    return options.run(entry, program, fn, args, run);
  };

  /** `on_load`, once for each program; a module that does not know it, or fails in it, is loaded all the same. */
  const load = (entry: ModuleEntry, program: Prepared): Promise<void> => {
    entry.loaded ??= options.run(entry, program, "on_load", {}, { timeoutMs: ON_LOAD_MS }).then(
      () => {},
      (error: unknown) => {
        const code = error instanceof FieldworkError ? error.code : "internal";
        if (code === "not_found" || code === "cancelled") return;
        note("module.on_load_failed", entry.id, {
          code,
          message: String((error as Error).message).slice(0, 500),
        });
      },
    );
    return entry.loaded;
  };

  const stopAll = async (entry: ModuleEntry, why: string): Promise<void> => {
    entry.stops++;
    for (const one of entry.running) one.stop({ code: "cancelled", message: why });
    await retire(entry, why);
  };

  return { tryProgram, renew, retire, dropProgram, invoke, stopAll };
}
