/** What can be done at the desk. @module */
import { count } from "./count.ts";
import { difference } from "./difference.ts";
import { lines } from "./lines.ts";
import { match } from "./match.ts";
import { applyToFile, readPatch } from "./patch.ts";
import { readable } from "./readable.ts";
import { replace } from "./replace.ts";
import { validate } from "./validate.ts";

export const JOBS = {
  applyToFile,
  count,
  difference,
  lines,
  match,
  readable,
  readPatch,
  replace,
  validate,
} as const;

export type JobName = keyof typeof JOBS;
export type JobArgs<N extends JobName> = Parameters<(typeof JOBS)[N]>[0];
export type JobResult<N extends JobName> = ReturnType<(typeof JOBS)[N]>;
