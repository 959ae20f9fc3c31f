import { existsSync } from "node:fs";
import { journalPath, readJournal } from "../home/index.ts";
import { localTime } from "../terminal/index.ts";
import { type Check, fail, ok, warn } from "./check.ts";

/** Fieldwork did not exist before. */
const EARLIEST = Date.UTC(2026, 0);
const LATEST = Date.UTC(2126, 0);
const AHEAD_MS = 5 * 60_000;

export const clock: Check = {
  name: "clock",
  run({ home, now }) {
    if (now < EARLIEST || now > LATEST)
      return [fail(`the clock says ${localTime(now)}`, "Set the machine's clock.")];
    const last = lastEventAt(home);
    if (last !== undefined && last > now + AHEAD_MS)
      return [
        warn(
          `the newest event is of ${localTime(last)}, and the clock says ${localTime(now)}`,
          "The clock was wrong then or is wrong now: set it.",
        ),
      ];
    return [ok(localTime(now))];
  },
};

function lastEventAt(home: string): number | undefined {
  if (!existsSync(journalPath(home))) return undefined;
  try {
    return readJournal(home, 1, {})[0]?.at;
  } catch {
    return undefined;
  }
}
