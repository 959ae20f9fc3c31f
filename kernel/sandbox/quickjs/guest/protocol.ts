/** How host and guest glue address each other. Shared by both sides: plain data only. */

/** What the host enters the guest for: the first argument of `enter`. */
export const ENTRY = {
  /** `(call, id, function, argsJson)`: run a handler; its end is told by `settle`. */
  call: 0,
  /** `(reply, id, json)`: the counter's reply to `request`. */
  reply: 1,
  /** `(timer, id)`: a `sleep` is over. */
  timer: 2,
  /** `(describe, 0, value)`: a thrown value → `{name, message, stack}` as JSON. */
  describe: 3,
  /** `(start, 0, namespace)`: the agent's modules are evaluated. Returns what is wrong, or nothing. */
  start: 4,
} as const;

/** The host's functions, in the order of their wire numbers. */
export const NATIVES = [
  "request",
  "settle",
  "log",
  "sleep",
  "cancel",
  "random",
  "randomBytes",
  "encode",
  "decode",
  "url",
] as const;

export type NativeName = (typeof NATIVES)[number];

/** The global under which the host hands over its functions; gone before any agent code runs. */
export const NATIVE_GLOBAL = "__fieldwork_native";
