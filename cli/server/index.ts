/**
 * The running server, seen from the command line: finding it, calling it, following its events.
 * @module
 */
export { callServer, parseReply } from "./call.ts";
export { type Followed, type Following, follow, followEvents } from "./events.ts";
export { readiness } from "./health.ts";
export { notRunning, Unreachable } from "./request.ts";
export { findServer, isAlive, type RunFile, type RunningServer, readRunFile } from "./running.ts";
