/** Where in an agent's source something is wrong: 1-based. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line itself, with a caret under the column. */
  readonly excerpt: string;
}

/** The agent's source cannot be used: what is wrong, where, and how to mend it. */
export class ProgramError extends Error {
  readonly code = "module_invalid";
  /** What is wrong, without its place. */
  readonly problem: string;
  readonly remedy: string;
  readonly place: Place | undefined;
  constructor(problem: string, remedy: string, place?: Place) {
    super(place ? `${place.file}:${place.line}:${place.column}: ${problem}\n${place.excerpt}` : problem);
    this.name = "ProgramError";
    this.problem = problem;
    this.remedy = remedy;
    this.place = place;
  }
}

export type GuestErrorCode = "fuel_exhausted" | "memory_exhausted" | "module_crashed" | "unavailable";

/** The guest as a whole is gone or unusable: no further call to it can succeed. */
export class GuestError extends Error {
  readonly code: GuestErrorCode;
  readonly remedy: string;
  constructor(code: GuestErrorCode, message: string, remedy: string) {
    super(message);
    this.name = "GuestError";
    this.code = code;
    this.remedy = remedy;
  }
}

/** The error of a guest that reached its memory maximum. */
export function outOfMemory(): GuestError {
  return new GuestError(
    "memory_exhausted",
    "The agent reached its memory maximum.",
    "Keep less in memory at once, or raise memory_max_mb in the manifest.",
  );
}

/** How many characters of a long line an excerpt shows. */
const EXCERPT_LENGTH = 160;

/** The place at `line` and `column` (1-based) of `source`, with its excerpt. */
export function placeIn(source: string, file: string, line: number, column: number): Place {
  const text = source.split("\n", line)[line - 1]?.replace(/\r$/, "").replaceAll("\t", " ") ?? "";
  const from = Math.max(0, column - 1 - EXCERPT_LENGTH / 2);
  const shown = text.slice(from, from + EXCERPT_LENGTH);
  return { file, line, column, excerpt: `  ${shown}\n  ${" ".repeat(Math.max(0, column - 1 - from))}^` };
}

/** The place of a character offset in `source`. */
export function placeAt(source: string, file: string, offset: number): Place {
  const before = source.slice(0, offset);
  const line = before.split("\n").length;
  return placeIn(source, file, line, offset - before.lastIndexOf("\n"));
}
