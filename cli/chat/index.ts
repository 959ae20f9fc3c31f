/**
 * `fw chat`: one message and its answer, or a conversation on a terminal.
 * @module
 */
export { converse } from "./converse.ts";
export { newSession } from "./deliver.ts";
export { sayOnce } from "./once.ts";
