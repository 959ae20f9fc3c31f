/** The guest's parts that its host watches: its fuel (i64, settable) and its memory. */
export interface Instance {
  readonly fuel: WebAssembly.Global<"i64">;
  readonly memory: WebAssembly.Memory;
}

/** What a guest is given of the world, one value per guest. Everything else it asks the counter for. */
export interface JsHost {
  /** A counter call: `{"cap","args"}` as JSON text → the reply's JSON text. */
  request(json: string): Promise<string>;
  /** A line of the guest's console, without its line end. */
  log(line: string): void;
  /** Wall clock, milliseconds since 1970. */
  now(): number;
  /** Monotonic clock, nanoseconds. */
  monotonic(): bigint;
  /** Fills the buffer with cryptographically random bytes. */
  random(buffer: Uint8Array): void;
  /** Waits; the signal tells that nobody waits any more. */
  sleep(milliseconds: number, cancelled: AbortSignal): Promise<void>;
  /** The yield import: decides what happens when fuel ran out (0: go on, after refuelling; other: stop). */
  readonly fuelYield: WebAssembly.Suspending | (() => number);
  /** Told when the guest gets the processor, and when it gives it back to wait. */
  entered?(): void;
  left?(): void;
  /** Called once, before any guest code runs: the moment to fuel the instance. */
  bound?(instance: Instance): void;
}
