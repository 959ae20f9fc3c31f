/** Every bound that a guest can meet, in one place. */
export const LIMITS = {
  /** Files of one program, of the agent's own. */
  files: 200,
  file_bytes: 2 * 1024 * 1024,
  program_bytes: 8 * 1024 * 1024,
  /** Counter calls in flight at once in one guest. */
  requests: 256,
  /** One counter call's JSON, in UTF-16 code units. */
  request_length: 8 * 1024 * 1024,
  /** Timers waiting at once in one guest. */
  timers: 1_000,
  /** The longest wait of one timer. */
  timer_ms: 24 * 60 * 60 * 1000,
  /** Handler calls in progress at once in one guest. */
  calls: 256,
  /** One log line, in UTF-16 code units. */
  line_length: 16 * 1024,
  /** Log lines of a guest between two calls into it; what comes after is counted, not kept. */
  lines: 10_000,
  /** Rejected promises remembered until it is known whether somebody handles them. */
  rejections: 64,
  /** Bytes of one `crypto.getRandomValues`, as in browsers. */
  random_bytes: 65_536,
  /** A URL to be parsed, in UTF-16 code units. */
  url_length: 64 * 1024,
  /**
   * The engine's own stack (see `Engine.stackBytes`): about 230 nested JavaScript calls. Nested JSON or source text
   * takes more of V8's stack for each byte of this one, so with V8's default stacks of 984 KiB it cannot be more.
   */
  stack_bytes: 56 * 1024,
} as const;
