import type { Action } from "#contract";
import { dim, type Text } from "./text.ts";

/** The command that mends something, under the words that say so. */
export const toRun = (action: Action | undefined): Text =>
  action === undefined ? [] : [[dim("   try: "), action.command]];

/** The same in one line. */
export const withCommand = (remedy: string, action: Action | undefined): string =>
  action === undefined ? remedy : `${remedy} Try: ${action.command}`;
