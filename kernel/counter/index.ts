/** The one counter. @module */
export type { Policy } from "./consent.ts";
export type { CallPlace } from "./context.ts";
export {
  type CallOptions,
  type Counter,
  createCounter,
} from "./counter.ts";
export { newSpan, newTrace } from "./ids.ts";
export { tellUnknownOutcomes } from "./unknown-outcomes.ts";
