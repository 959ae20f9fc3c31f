import wabt from "wabt";
import { type Metered, type MeterOptions, meter } from "./index.ts";

/** Enough that nothing in a test runs out of it. */
export const PLENTY = 1n << 60n;

const assembler = await wabt();

/** Assembles a module in text form. */
export function wat(text: string): Uint8Array<ArrayBuffer> {
  const parsed = assembler.parseWat("test.wat", text, {
    exceptions: true,
    tail_call: true,
    extended_const: true,
    relaxed_simd: true,
  });
  return Uint8Array.from(parsed.toBinary({ write_debug_names: true }).buffer);
}

export type Call = (...args: (number | bigint | null)[]) => unknown;

export interface Run {
  readonly metered: Metered;
  readonly exports: Record<string, WebAssembly.ExportValue>;
  readonly fuel: WebAssembly.Global<"i64">;
  call(name: string, ...args: (number | bigint | null)[]): unknown;
  /** Fuel that `work` uses, when it has plenty. */
  used(work: () => void): number;
}

export const GRANTED: MeterOptions = { memoryMaxPages: 65_536 };

/** Meters and instantiates `bytes`. `onYield` stands behind the yield import; by default it must not be called. */
export function run(
  bytes: Uint8Array,
  onYield: () => number = () => {
    throw new Error("out of fuel");
  },
  imports: WebAssembly.Imports = {},
  options: MeterOptions = GRANTED,
): Run {
  const metered = meter(bytes, options);
  const { module, name } = metered.yieldImport;
  const instance = new WebAssembly.Instance(new WebAssembly.Module(metered.bytes), {
    ...imports,
    [module]: { ...imports[module], [name]: onYield },
  });
  const exports = instance.exports as Record<string, WebAssembly.ExportValue>;
  const fuel = exports[metered.fuelExport] as WebAssembly.Global<"i64">;
  const call = (fn: string, ...args: (number | bigint | null)[]) => (exports[fn] as Call)(...args);
  return {
    metered,
    exports,
    fuel,
    call,
    used(work) {
      fuel.value = PLENTY;
      work();
      return Number(PLENTY - (fuel.value as bigint));
    },
  };
}
