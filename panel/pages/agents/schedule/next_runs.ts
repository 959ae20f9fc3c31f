import { useEffect, useState } from "react";
import type { When } from "./draft.ts";

const SHOWN = 3;

export type NextRuns =
  | { readonly state: "waiting" | "bad" }
  | { readonly state: "ready"; readonly times: readonly number[] };

/** The next times of a schedule that is being written, as the server will count them. */
export function useNextRuns(when: When | undefined, zone: string): NextRuns {
  const [runs, setRuns] = useState<NextRuns>({ state: "waiting" });
  const cron = when && "cron" in when ? when.cron : undefined;
  const at = when && "at" in when ? when.at : undefined;
  useEffect(() => {
    let current = true;
    void nextRuns(cron, at, zone).then((found) => current && setRuns(found));
    return () => {
      current = false;
    };
  }, [cron, at, zone]);
  return runs;
}

async function nextRuns(cron: string | undefined, at: string | undefined, zone: string): Promise<NextRuns> {
  if (at !== undefined) {
    const time = new Date(at).getTime();
    return { state: "ready", times: time > Date.now() ? [time] : [] };
  }
  if (cron === undefined) return { state: "waiting" };
  const { Cron } = await import("croner");
  try {
    const made = new Cron(cron, { timezone: zone, mode: "5-or-6-parts", paused: true });
    return { state: "ready", times: made.nextRuns(SHOWN).map((time) => time.getTime()) };
  } catch {
    return { state: "bad" };
  }
}
