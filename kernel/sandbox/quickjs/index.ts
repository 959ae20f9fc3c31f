/**
 * TypeScript agents on QuickJS. An agent's files become a program, the program a snapshot, the snapshot any
 * number of guests, each in its own instance of one metered engine.
 *
 * @module
 */
export { type Engine, reduceExports } from "./engine.ts";
export { GuestError, type GuestErrorCode, type Place, ProgramError } from "./errors.ts";
export { type JsGuest, startGuest } from "./guest.ts";
export type { Instance, JsHost } from "./host.ts";
export { type JsProgram, prepareProgram, prepareRuntime, type Runtime } from "./prepare.ts";
export { readRuntimeFiles } from "./runtime-files.ts";
export { createSnapshot, type Snapshot } from "./snapshot.ts";
