/** One call of a tool: its arguments, its place, its receipt. @module */
export { type Asked, type Find, mayRepeat, type Ran, runTool } from "./run.ts";
