import type { Action } from "#contract";
import { t } from "../text/index.ts";

/** What went wrong, in words for a person; `code` as the contract's table of errors has it, or `offline`. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** What can be done about it at once. */
  readonly action?: Action;
  readonly details?: unknown;
}

/** A reply that is an error, or a server that cannot be reached. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Any thrown value, in words. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "internal", message, remedy: t.problems.reload };
}

const PARTS_MAX = 50;

/** Each thing that is wrong, where there are several: what a message's “(and 5 more)” and a remedy's “details” speak of. */
export function partsOf({ details }: Problem): readonly string[] {
  if (typeof details !== "object" || details === null || !("problems" in details)) return [];
  const { problems } = details;
  if (!Array.isArray(problems)) return [];
  return [...new Set(problems.filter((one): one is string => typeof one === "string"))].slice(0, PARTS_MAX);
}

export const offline = (): ProblemError =>
  new ProblemError({ code: "offline", message: t.problems.offline, remedy: t.problems.offlineRemedy });
