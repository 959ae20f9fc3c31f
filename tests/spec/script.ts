import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MeterError, meter } from "../../kernel/sandbox/fuel/index.ts";

/** A line of a converted script; `null` for a module means the latest one. */
type Command =
  | {
      readonly op: "module" | "definition" | "invalid" | "instantiate";
      readonly name: string | null;
      readonly file: string;
    }
  | { readonly op: "instance"; readonly name: string | null; readonly module: string | null }
  | { readonly op: "register"; readonly as: string; readonly module: string | null }
  | { readonly op: "get"; readonly module: string | null; readonly name: string }
  | {
      readonly op: "invoke";
      readonly module: string | null;
      readonly name: string;
      readonly args: readonly Argument[] | null;
    };
type Argument = readonly [type: "i32" | "i64" | "f32" | "f64" | "null" | "extern", value: string];

type Compiled = ReturnType<typeof compileBoth>;
type Exports = Record<string, WebAssembly.ExportValue>;

/** The same program running twice: as it is, and metered. */
interface World {
  readonly instances: Map<string, Exports>;
  readonly registered: Record<string, Exports>;
  latest: Exports | undefined;
}

export interface Tally {
  modules: number;
  /** Modules that the engine takes and metering refuses by name. */
  refused: number;
  invalid: number;
  actions: number;
  /** Actions whose values JavaScript cannot give or take (v128), or on refused modules. */
  skipped: number;
}

export const emptyTally = (): Tally => ({ modules: 0, refused: 0, invalid: 0, actions: 0, skipped: 0 });

const PLENTY = 1n << 62n;
const OPTIONS = { memoryMaxPages: 65_536, tableMaxEntries: 10_000_000, initialFuel: PLENTY };
const LATEST = "";

function spectest(): Exports {
  const ignore = () => {};
  const names = [
    "print",
    "print_i32",
    "print_i64",
    "print_f32",
    "print_f64",
    "print_i32_f32",
    "print_f64_f64",
  ];
  return {
    ...Object.fromEntries(names.map((name) => [name, ignore])),
    global_i32: new WebAssembly.Global({ value: "i32" }, 666),
    global_i64: new WebAssembly.Global({ value: "i64" }, 666n),
    global_f32: new WebAssembly.Global({ value: "f32" }, 666.6),
    global_f64: new WebAssembly.Global({ value: "f64" }, 666.6),
    table: new WebAssembly.Table({ element: "anyfunc", initial: 10, maximum: 20 }),
    memory: new WebAssembly.Memory({ initial: 1, maximum: 2 }),
  } as Exports;
}

const createWorld = (): World => ({
  instances: new Map(),
  registered: { spectest: spectest() },
  latest: undefined,
});

const float = (bits: string, wide: boolean): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt.asUintN(64, BigInt(bits)));
  return wide ? view.getFloat64(0) : view.getFloat32(4);
};

const externals = new Map<string, object>();
function external(id: string): object {
  const known = externals.get(id) ?? { external: id };
  externals.set(id, known);
  return known;
}

function value([type, text]: Argument): unknown {
  switch (type) {
    case "i32":
      return Number(text);
    case "i64":
      return BigInt(text);
    case "f32":
    case "f64":
      return float(text, type === "f64");
    case "null":
      return null;
    case "extern":
      return external(text);
  }
}

/** What can be seen of how `work` ended, alike for both worlds. */
function outcome(work: () => unknown): unknown {
  try {
    const result = work();
    return { value: Array.isArray(result) ? result.map(visible) : visible(result) };
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return { trap: error.message };
    return { thrown: (error as Error).constructor.name };
  }
}

const visible = (value: unknown): unknown => {
  if (typeof value === "function") return "function";
  return value instanceof WebAssembly.Global ? visible(value.value) : value;
};

const isUnrepresentable = (seen: unknown): boolean => (seen as { thrown?: string }).thrown === "TypeError";

function compileBoth(bytes: Uint8Array<ArrayBuffer>) {
  const metered = meter(bytes, OPTIONS);
  return {
    bare: new WebAssembly.Module(bytes),
    metered: new WebAssembly.Module(metered.bytes),
    yieldImport: metered.yieldImport,
  };
}

const outOfFuel = () => {
  throw new Error("out of fuel");
};

export interface ScriptChecks {
  /** Called with what was seen bare and metered, which must be alike. */
  same(bare: unknown, metered: unknown, what: string): void;
  /** Called when metering takes what the engine refuses, or refuses what it should take. */
  wrong(what: string): void;
}

/** Runs a converted script bare and metered side by side, and counts what it did. */
export function runScript(folder: string, script: string, checks: ScriptChecks): Tally {
  const tally = emptyTally();
  const bare = createWorld();
  const metered = createWorld();
  const definitions = new Map<string, Compiled | undefined>();

  const compile = (file: string): Compiled | undefined => {
    const bytes = Uint8Array.from(readFileSync(join(folder, file)));
    const valid = WebAssembly.validate(bytes);
    try {
      const both = compileBoth(bytes);
      tally.modules++;
      return both;
    } catch (error) {
      if (!(error instanceof MeterError)) throw error;
      if (!valid) tally.invalid++;
      else if (error.code !== "unsupported") checks.wrong(`${file}: ${error.message}`);
      else tally.refused++;
      return undefined;
    }
  };

  const instantiate = (both: Compiled, what: string) => {
    const { module, name } = both.yieldImport;
    let exports: Exports | undefined;
    let meteredExports: Exports | undefined;
    const seen = outcome(() => {
      exports = new WebAssembly.Instance(both.bare, bare.registered).exports as Exports;
    });
    const meteredSeen = outcome(() => {
      const imports = {
        ...metered.registered,
        [module]: { ...metered.registered[module], [name]: outOfFuel },
      };
      meteredExports = new WebAssembly.Instance(both.metered, imports).exports as Exports;
    });
    checks.same(seen, meteredSeen, what);
    return exports && meteredExports && { bare: exports, metered: meteredExports };
  };

  const adopt = (both: Compiled | undefined, name: string | null, what: string) => {
    const made = both && instantiate(both, what);
    for (const [world, exports] of [
      [bare, made?.bare],
      [metered, made?.metered],
    ] as const) {
      world.latest = exports;
      if (name === null) continue;
      if (exports) world.instances.set(name, exports);
      else world.instances.delete(name);
    }
  };

  const exportsOf = (world: World, module: string | null) =>
    module === null ? world.latest : world.instances.get(module);

  const act = (module: string | null, what: string, action: (exports: Exports) => unknown) => {
    const left = exportsOf(bare, module);
    const right = exportsOf(metered, module);
    if (!left || !right) {
      tally.skipped++;
      return;
    }
    const seen = outcome(() => action(left));
    const meteredSeen = outcome(() => action(right));
    checks.same(seen, meteredSeen, what);
    if (isUnrepresentable(seen)) tally.skipped++;
    else tally.actions++;
  };

  const execute = (command: Command, what: string): void => {
    switch (command.op) {
      case "module":
        adopt(compile(command.file), command.name, what);
        return;
      case "definition":
        definitions.set(command.name ?? LATEST, compile(command.file));
        return;
      case "instance":
        adopt(definitions.get(command.module ?? LATEST), command.name, what);
        return;
      case "invalid":
        compile(command.file);
        return;
      case "instantiate": {
        const both = compile(command.file);
        if (both) instantiate(both, what);
        return;
      }
      case "register":
        for (const world of [bare, metered]) {
          const exports = exportsOf(world, command.module);
          if (exports) world.registered[command.as] = exports;
        }
        return;
      case "get":
        act(command.module, what, (exports) => exports[command.name]);
        return;
      case "invoke": {
        const args = command.args?.map(value);
        if (args === undefined) tally.skipped++;
        else
          act(command.module, what, (exports) =>
            (exports[command.name] as (...a: unknown[]) => unknown)(...args),
          );
      }
    }
  };

  const lines = readFileSync(join(folder, script), "utf8").split("\n").filter(Boolean);
  lines.forEach((line, i) => {
    execute(JSON.parse(line) as Command, `${script}:${i + 1} ${line}`);
  });
  return tally;
}
