/** The one counter. @module */
export type { Policy } from "./consent.ts";
export type { CallPlace } from "./context.ts";
export {
  type CallOptions,
  type Counter,
  type CounterOptions,
  createCounter,
  newSpan,
  newTrace,
  type Offer,
} from "./counter.ts";
