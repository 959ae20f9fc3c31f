import type { JsonValue } from "#contract";

const DEPTH_MAX = 64;
/** Words of a vocabulary are never cut, so that what is left still fits its schema. */
const SHORT_CHARS = 48;
const CUT = "… [cut]";

export interface Bounded {
  readonly value: JsonValue;
  readonly cut: boolean;
}

/**
 * A value of the same shape whose JSON text has about `most` characters, twice as many at the very most: long texts and lists
 * are cut at their end. What comes first has precedence.
 */
export function bounded(value: JsonValue, most: number): Bounded {
  let left = most;
  let cut = false;

  const walk = (one: JsonValue, depth: number): JsonValue => {
    if (typeof one === "string") return text(one);
    if (typeof one !== "object" || one === null) {
      left -= typeof one === "number" ? 12 : 5;
      return one;
    }
    left -= 2;
    if (depth > DEPTH_MAX) {
      cut = true;
      return null;
    }
    return Array.isArray(one) ? list(one, depth) : object(Object.entries(one), depth);
  };
  const text = (one: string): string => {
    const size = writtenChars(one);
    if (size <= left || one.length <= SHORT_CHARS) {
      left -= size;
      return one;
    }
    cut = true;
    const share = Math.max(0, left - CUT.length) / size;
    left = Math.min(left, 0);
    return `${one.slice(0, Math.floor(one.length * share)).toWellFormed()}${CUT}`;
  };
  const list = (one: readonly JsonValue[], depth: number): JsonValue => {
    const kept: JsonValue[] = [];
    for (const item of one) {
      if (left <= 0) {
        cut = true;
        break;
      }
      kept.push(walk(item, depth + 1));
      left--;
    }
    return kept;
  };
  const object = (entries: readonly [string, JsonValue | undefined][], depth: number): JsonValue => {
    const kept: [string, JsonValue][] = [];
    for (const [key, member] of entries) {
      if (member === undefined) continue;
      // Members that a schema knows are kept even when the room is used up; a table of thousands is not.
      if (left < -most / 2) {
        cut = true;
        break;
      }
      left -= writtenChars(key) + 2;
      kept.push([key, walk(member, depth + 1)]);
    }
    return Object.fromEntries(kept);
  };
  const walked = walk(value, 0);
  return { value: walked, cut };
}

/** The characters of a text as JSON: quotes, line breaks and control characters take more than one. */
function writtenChars(text: string): number {
  let extra = 2;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34 || code === 92 || (code >= 8 && code <= 13 && code !== 11)) extra++;
    else if (code < 32) extra += 5;
  }
  return text.length + extra;
}
