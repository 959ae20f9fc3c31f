/** The one counter. @module */
export type { CallPlace } from "./context.ts";
export {
  type CallOptions,
  type Counter,
  type CounterOptions,
  createCounter,
  newSpan,
  newTrace,
  type Offer,
  type Policy,
} from "./counter.ts";
