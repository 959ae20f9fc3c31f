/**
 * Fuel metering for WebAssembly: a rewriter of binaries, pure and without I/O.
 *
 * @example
 * const { bytes, fuelExport, yieldImport } = meter(wasm, { memoryMaxPages: 1024 });
 * const { instance } = await WebAssembly.instantiate(bytes, {
 *   ...imports,
 *   [yieldImport.module]: { ...imports[yieldImport.module], [yieldImport.name]: () => 1 },
 * });
 * const fuel = instance.exports[fuelExport] as WebAssembly.Global<"i64">;
 * fuel.value = 1_000_000n;
 *
 * @module
 */
export { MeterError } from "./error.ts";
export type {
  ExportFact,
  ExternType,
  ImportFact,
  ModuleCounts,
  ModuleFacts,
  Signature,
  SizeRange,
  ValueType,
} from "./facts.ts";
export { FUEL_VERSION, type Metered, meter } from "./meter.ts";
export type { MeterLimits, MeterOptions } from "./options.ts";
