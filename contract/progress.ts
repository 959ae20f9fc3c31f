import type { LiveEvent } from "./module.ts";

/** The kind of the live event that tells how far long work is, on `/api/events`. */
const PROGRESS = "work.progress";

/** `data` of such an event. */
export interface Progress {
  /** The capability whose call it is. */
  readonly work: string;
  /** What is being done just now, in words. */
  readonly step: string;
  readonly done: number;
  /** `null`: not known. */
  readonly of: number | null;
  readonly unit: "events" | "bytes" | "files" | "steps";
}

/** The live event of a progress; `trace` is that of the call. */
export const progressEvent = (progress: Progress, trace: string): LiveEvent => ({
  kind: PROGRESS,
  agent: "",
  session: "",
  trace,
  data: { ...progress },
});
