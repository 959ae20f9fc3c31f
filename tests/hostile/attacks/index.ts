/** The corpus by families. @module */
import type { Attack } from "../attack.ts";
import { floods } from "./floods.ts";
import { loops } from "./loops.ts";
import { memory } from "./memory.ts";

export { floods, loops, memory };

/** Leaves thousands of schedules behind, by design: tested by itself. */
const BOUNDED: ReadonlySet<string> = new Set(["schedule-flood"]);

/** Those that go on for as long as they are let: the ones that could hurt a neighbour. */
export const lasting: readonly Attack[] = [...loops, ...memory, ...floods].filter(
  ({ id, ends }) => !ends.includes("module_invalid") && !BOUNDED.has(id),
);
