/** Guests in WebAssembly: prepared once, run in sandbox processes, sliced, bounded and accounted. @module */
export { readRuntimeFiles } from "./quickjs/index.ts";
export type { Prepared } from "./supervisor/prepared.ts";
export type { Ended, InvocationPort } from "./supervisor/process.ts";
export {
  createSandbox,
  type Invoked,
  type ProcessInfo,
  type Sandbox,
  type SandboxOptions,
} from "./supervisor/sandbox.ts";
export type { DoneHead, InvokeHead, InvokeLimits, Outcome, Usage } from "./wire/index.ts";
