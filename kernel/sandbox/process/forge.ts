import { type Metered, meter } from "../fuel/index.ts";
import { type JsProgram, prepareProgram, prepareRuntime, reduceExports } from "../quickjs/index.ts";

/** What a module may import, by module: anything else could not be linked. */
const LINKABLE: Readonly<Record<string, ReadonlySet<string>>> = {
  fieldwork: new Set(["call", "read"]),
  flowork: new Set([
    "host_net_fetch",
    "host_exec_run",
    "host_rpc_call",
    "host_log_interaction",
    "host_log_decision",
    "host_karma_update",
    "host_slash_dispatch",
    "host_time_now_ms",
  ]),
};

/** V8 keeps about 32 bytes for an entry, outside of the instance's memory: 16 MiB at most. */
const TABLE_MAX_ENTRIES = 131_072;
const TABLES_MAX = 4;

export interface WasmRequest {
  readonly memoryMaxPages: number;
  /** The engine is linked by its own host and shows only what that host uses. */
  readonly engine: boolean;
}

export interface PreparedWasm {
  readonly bytes: Uint8Array;
  readonly fuelExport: string;
  readonly yieldImport: { readonly module: string; readonly name: string };
}

/** What a start function may use, which cannot be suspended: a few milliseconds. */
const START_FUEL = 2_000_000n;
/** Makes a millisecond of JavaScript cost about as much fuel as one of any other guest. */
const ENGINE_REGION_CHARGE = 4;

/** Raw module → metered module. @throws with every problem, a line each. */
export function prepareWasm(wasm: Uint8Array, request: WasmRequest): PreparedWasm {
  const source = request.engine ? reduceExports(wasm) : wasm;
  const metered = meter(source, {
    memoryMaxPages: request.memoryMaxPages,
    tableMaxEntries: TABLE_MAX_ENTRIES,
    initialFuel: START_FUEL,
    limits: { tables: TABLES_MAX },
    ...(request.engine ? { regionChargeMax: ENGINE_REGION_CHARGE } : {}),
  });
  if (!request.engine) {
    const problems = problemsOf(metered);
    if (problems.length > 0) throw new Error(problems.join("\n"));
  }
  return { bytes: metered.bytes, fuelExport: metered.fuelExport, yieldImport: metered.yieldImport };
}

function problemsOf({ facts }: Metered): string[] {
  const problems: string[] = [];
  const start = facts.exports.find((one) => one.name === "_start");
  if (start?.type.kind !== "function")
    problems.push("it does not export the function _start: build it as a WASI command");
  else if (start.type.signature.params.length + start.type.signature.results.length > 0)
    problems.push("_start takes or returns something: build it as a WASI command");
  if (facts.exports.find((one) => one.name === "memory")?.type.kind !== "memory")
    problems.push("it does not export its memory under the name memory");
  for (const { module, name, type } of facts.imports) {
    if (module === "wasi_snapshot_preview1" && type.kind === "function") continue;
    if (LINKABLE[module]?.has(name) && type.kind === "function") continue;
    problems.push(`it imports ${module}.${name}, which does not exist here`);
  }
  return problems;
}

export interface ProgramRequest {
  readonly files: Readonly<Record<string, string>>;
  readonly runtime: Readonly<Record<string, string>>;
  readonly entry: string;
}

/** An agent's TypeScript files → JavaScript modules. */
export function prepareScript({ files, runtime, entry }: ProgramRequest): JsProgram {
  return prepareProgram(files, entry, prepareRuntime(runtime));
}
