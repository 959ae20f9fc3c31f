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
  /** Made at the first call; what is wrong with the module itself goes to its problems. */
  programOf(entry: ModuleEntry): Promise<Prepared>;
  /** Makes the program and loads it once, so that what is wrong with it is known before the first call. */
  tryProgram(entry: ModuleEntry): Promise<void>;
  dropProgram(entry: ModuleEntry): void;
  invoke(entry: ModuleEntry, fn: string, args: JsonValue, run: RunOptions): Promise<JsonValue>;
  /** Ends all that runs of a module, its daemon first, after it was told. */
  stopAll(entry: ModuleEntry, why: string): Promise<void>;
}

export function createExecution(options: ExecutionOptions): Execution {
  const { note } = options;

  const programOf = (entry: ModuleEntry): Promise<Prepared> => {
    if (entry.program) return entry.program;
    const made = (async () => {
      const manifest = entry.manifest;
      if (!manifest) throw new FieldworkError("module_invalid", `${entry.id} has no valid manifest.`);
      const prepared = manifest.entry.endsWith(".wasm")
        ? await options.sandbox.wasm(() => readEntry(entry.folder, manifest), options.memoryBytesOf(entry))
        : await options.sandbox.script(async () => ({
            files: await readSources(entry.folder),
            entry: manifest.entry,
            runtime: options.runtimeFiles(),
          }));
      entry.programKey = prepared.key;
      return prepared;
    })();
    entry.program = made;
    made.catch((error) => {
      if (entry.program !== made) return;
      entry.program = undefined;
      // Whatever else failed is not the module's own fault, and is tried again at the next call.
      if (!(error instanceof FieldworkError) || error.code !== "module_invalid") return;
      broken(entry, error);
    });
    return made;
  };
  const broken = (entry: ModuleEntry, error: FieldworkError) => {
    entry.problems = problemsOf(error);
    entry.diagnostics = diagnosticsOf(error, entry.problems);
    note("module.broken", entry.id, { problems: entry.problems.slice(0, 20) });
  };
  const tryProgram = async (entry: ModuleEntry): Promise<void> => {
    const program = await programOf(entry).catch(() => undefined);
    if (program?.kind !== "js") return;
    await options.sandbox.check(program).catch((error) => {
      if (error instanceof FieldworkError && error.code === "module_invalid") broken(entry, error);
    });
  };
  const dropProgram = (entry: ModuleEntry) => {
    if (entry.programKey) options.sandbox.unload(entry.programKey);
    entry.program = undefined;
    entry.programKey = undefined;
    entry.loaded = undefined;
  };

  const invoke = async (
    entry: ModuleEntry,
    fn: string,
    args: JsonValue,
    run: RunOptions,
  ): Promise<JsonValue> => {
    const program = await programOf(entry);
    if (fn !== "on_load" && fn !== "on_stop") await load(entry, program);
    return options.run(entry, program, fn, args, run);
  };

  /** `on_load`, once for each version of the folder; a module that does not know it, or fails in it, is loaded all the same. */
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
    await options.stopDaemon(entry.id);
    const wasLoaded = entry.loaded !== undefined;
    if (wasLoaded && entry.program) {
      const program = await entry.program.catch(() => undefined);
      if (program)
        await options.run(entry, program, "on_stop", { why }, { timeoutMs: ON_STOP_MS }).catch(() => {});
    }
    for (const one of entry.running) one.stop({ code: "cancelled", message: why });
    dropProgram(entry);
  };

  return { programOf, tryProgram, dropProgram, invoke, stopAll };
}
