import type { Place } from "#contract";
import type { Changes } from "./changes.ts";

/** A place where files are worked on: it knows what was changed there, and what the turn has read. */
export interface WorkPlace extends Place {
  readonly changes: Changes;
  /** Has the turn read anything that comes from outside the owner? */
  readonly tainted: boolean;
}
