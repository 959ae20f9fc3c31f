import { FieldworkError } from "#contract";

/**
 * A compiled pattern as a machine that reads one segment of a path at a time. A walk keeps the state of each folder and
 * leaves a folder out whose state has become empty: nothing below it can match.
 */
export interface Glob {
  readonly start: GlobState;
  step(state: GlobState, segment: string): GlobState;
  accepts(state: GlobState): boolean;
}
export type GlobState = readonly number[];

type Part =
  | { readonly kind: "folders" }
  | { readonly kind: "any" }
  | { readonly kind: "segment"; readonly tokens: readonly Token[] };
type Token =
  | { readonly kind: "star" }
  | { readonly kind: "one" }
  | { readonly kind: "character"; readonly character: string }
  | {
      readonly kind: "class";
      readonly negated: boolean;
      readonly ranges: readonly (readonly [string, string])[];
    };

const ALTERNATIVES_MOST = 64;

/**
 * `*` and `?` within a segment, `[a-z]`, `[!a-z]`, `{a,b}`, `**` across segments, `\` before a character that means itself.
 * Without `/` the pattern is matched with the last segment at any depth. Matching never backtracks over more than one star.
 * @throws FieldworkError `invalid_input`
 */
export function compileGlob(pattern: string): Glob {
  const alternatives = alternativesOf(pattern).map((one) => {
    const trimmed = one.replace(/^\/+/, "").replace(/\/+$/, "");
    const parts = trimmed.split("/").filter((part) => part !== "." && part !== "");
    return [...(one.includes("/") ? [] : ["**"]), ...parts].map(readPart);
  });
  // All alternatives stand in one list; a state is a position in it, `end` closes each.
  const list: (Part | "end")[] = [];
  const starts: number[] = [];
  for (const parts of alternatives) {
    starts.push(list.length);
    list.push(...parts, "end");
  }
  const spread = (positions: Iterable<number>): GlobState => {
    const all = new Set(positions);
    for (const at of all) {
      const part = list[at];
      if (part !== "end" && part?.kind === "folders") all.add(at + 1);
    }
    return [...all];
  };
  return {
    start: spread(starts),
    step(state, segment) {
      const next = new Set<number>();
      const characters = [...segment];
      for (const at of state) {
        const part = list[at];
        if (part === undefined || part === "end") continue;
        if (part.kind === "folders") next.add(at);
        else if (part.kind === "any" || covers(part.tokens, characters)) next.add(at + 1);
      }
      return next.size === 0 ? [] : spread(next);
    },
    accepts: (state) => state.some((at) => list[at] === "end"),
  };
}

function readPart(text: string): Part {
  if (text === "**") return { kind: "folders" };
  const tokens = readTokens([...text]);
  return tokens.length === 1 && tokens[0]?.kind === "star" ? { kind: "any" } : { kind: "segment", tokens };
}

function readTokens(text: readonly string[]): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character === "*") {
      if (tokens.at(-1)?.kind !== "star") tokens.push({ kind: "star" });
    } else if (character === "?") tokens.push({ kind: "one" });
    else if (character === "[") {
      const end = text.indexOf("]", at + (text[at + 1] === "!" || text[at + 1] === "^" ? 3 : 2));
      if (end < 0) throw wrong("a '[' is not closed");
      tokens.push(readClass(text.slice(at + 1, end)));
      at = end;
    } else {
      if (character === "\\") at++;
      tokens.push({ kind: "character", character: text[at] ?? "\\" });
    }
  }
  return tokens;
}

function readClass(text: readonly string[]): Token {
  const negated = text[0] === "!" || text[0] === "^";
  const ranges: [string, string][] = [];
  for (let at = negated ? 1 : 0; at < text.length; at++) {
    const from = text[at] ?? "";
    const isRange = text[at + 1] === "-" && at + 2 < text.length;
    ranges.push([from, isRange ? (text[at + 2] ?? "") : from]);
    if (isRange) at += 2;
  }
  return { kind: "class", negated, ranges };
}

function covers(tokens: readonly Token[], text: readonly string[]): boolean {
  let token = 0;
  let at = 0;
  let star = -1;
  let tried = 0;
  while (at < text.length) {
    const current = tokens[token];
    if (current?.kind === "star") {
      star = token++;
      tried = at;
    } else if (current && fits(current, text[at] ?? "")) {
      token++;
      at++;
    } else if (star >= 0) {
      token = star + 1;
      at = ++tried;
    } else return false;
  }
  while (tokens[token]?.kind === "star") token++;
  return token === tokens.length;
}

function fits(token: Token, character: string): boolean {
  switch (token.kind) {
    case "one":
    case "star":
      return true;
    case "character":
      return token.character === character;
    case "class":
      return token.ranges.some(([from, to]) => from <= character && character <= to) !== token.negated;
  }
}

/** The patterns that a pattern with `{a,b}` stands for. */
function alternativesOf(pattern: string): string[] {
  const open = unescaped(pattern, "{", 0);
  if (open < 0) return [pattern];
  let depth = 0;
  let from = open + 1;
  const choices: string[] = [];
  for (let at = open; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === "\\") at++;
    else if (character === "{") depth++;
    else if (character === "," && depth === 1) {
      choices.push(pattern.slice(from, at));
      from = at + 1;
    } else if (character === "}" && --depth === 0) {
      choices.push(pattern.slice(from, at));
      const rest = pattern.slice(at + 1);
      const all: string[] = [];
      for (const choice of choices)
        for (const one of alternativesOf(pattern.slice(0, open) + choice + rest)) {
          if (all.length === ALTERNATIVES_MOST)
            throw wrong(`it has more than ${ALTERNATIVES_MOST} alternatives`);
          all.push(one);
        }
      return all;
    }
  }
  throw wrong("a '{' is not closed");
}

function unescaped(text: string, character: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === character) return at;
  }
  return -1;
}

function wrong(what: string): FieldworkError {
  return new FieldworkError("invalid_input", `The glob is not valid: ${what}.`);
}
