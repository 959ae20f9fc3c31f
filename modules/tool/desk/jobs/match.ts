import { expression } from "./expression.ts";

export interface MatchJob {
  readonly texts: readonly { readonly name: string; readonly text: string }[];
  readonly pattern: string;
  readonly ignoreCase: boolean;
  readonly most: number;
}
export interface LineMatch {
  readonly name: string;
  readonly line: number;
  readonly text: string;
}

const LINE_MAX_CHARS = 500;

/** The lines in which a regular expression is found. */
export function match({ texts, pattern, ignoreCase, most }: MatchJob): readonly LineMatch[] {
  const wanted = expression(pattern, ignoreCase ? "iu" : "u");
  const found: LineMatch[] = [];
  for (const { name, text } of texts) {
    for (const [at, line] of text.split(/\r?\n/).entries()) {
      if (!wanted.test(line)) continue;
      found.push({ name, line: at + 1, text: line.slice(0, LINE_MAX_CHARS) });
      if (found.length >= most) return found;
    }
  }
  return found;
}
