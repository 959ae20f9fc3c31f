import { createTwoFilesPatch } from "diff";
import { FieldworkError } from "#contract";

export interface DifferenceJob {
  readonly before: string;
  readonly after: string;
  readonly beforeName: string;
  readonly afterName: string;
  /** Unchanged lines around each change. */
  readonly context: number;
}

const TIME_MAX_MS = 8000;

/** A unified diff; empty where nothing differs. */
export function difference({ before, after, beforeName, afterName, context }: DifferenceJob): string {
  if (before === after) return "";
  const patch = createTwoFilesPatch(beforeName, afterName, before, after, undefined, undefined, {
    context,
    timeout: TIME_MAX_MS,
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
  if (patch === undefined)
    throw new FieldworkError("timeout", "The texts differ too much to be compared in time.", {
      remedy: "Compare smaller parts.",
    });
  return patch;
}
