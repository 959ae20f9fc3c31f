import { createTable, defineGlobals, toNumber } from "./intrinsics.ts";
import { native } from "./native.ts";

interface Timer {
  readonly callback: (...args: unknown[]) => void;
  readonly args: readonly unknown[];
  readonly delay: number;
  readonly repeats: boolean;
}

const timers = createTable<Timer>();
const { apply } = Reflect;
let lastId = 0;

/** The host says that the wait is over. */
export function fireTimer(id: number): void {
  const timer = timers.get(id);
  if (!timer) return;
  if (!timer.repeats) timers.delete(id);
  try {
    apply(timer.callback, undefined, timer.args);
  } finally {
    if (timer.repeats && timers.get(id) === timer) arm(id, timer);
  }
}

function arm(id: number, timer: Timer): void {
  const refusal = native.sleep(id, timer.delay);
  if (refusal === undefined) return;
  timers.delete(id);
  throw new RangeError(refusal);
}

function add(callback: unknown, delay: unknown, args: readonly unknown[], repeats: boolean): number {
  if (typeof callback !== "function") throw new TypeError("a timer needs a function to call");
  const id = ++lastId;
  const timer = { callback: callback as Timer["callback"], args, delay: toNumber(delay) || 0, repeats };
  timers.set(id, timer);
  arm(id, timer);
  return id;
}

function clear(id: unknown): void {
  const number = toNumber(id);
  if (!timers.get(number)) return;
  timers.delete(number);
  native.cancel(number);
}

defineGlobals({
  setTimeout: (callback: unknown, delay?: unknown, ...args: unknown[]) => add(callback, delay, args, false),
  setInterval: (callback: unknown, delay?: unknown, ...args: unknown[]) => add(callback, delay, args, true),
  clearTimeout: clear,
  clearInterval: clear,
});
