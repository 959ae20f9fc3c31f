import { existsSync } from "node:fs";
import { journalPath, type Verification, verifyJournal } from "../home/index.ts";
import { counted } from "../terminal/index.ts";
import { type Check, fail, ok, skip } from "./check.ts";

const TAIL_EVENTS = 2000;

/** The newest events only, so that it stays quick; `fw journal --verify` proves all. */
export const journalTail: Check = {
  name: "journal",
  run({ home }) {
    if (!existsSync(journalPath(home))) return [skip("there is none yet")];
    let result: Verification;
    try {
      result = verifyJournal(home, TAIL_EVENTS);
    } catch (error) {
      return [fail((error as Error).message, "Stop the server and restore a backup with `fw restore PATH`.")];
    }
    if (result.ok) return [ok(`the chain of the newest ${counted(result.events, "event")} holds`)];
    return [
      fail(
        `the chain is broken: ${result.problem}`,
        "Find out who changed journal.db; `fw journal --verify` proves all of it.",
      ),
    ];
  },
};
