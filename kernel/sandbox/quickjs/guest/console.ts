import { describe } from "./failure.ts";
import { defineGlobals } from "./intrinsics.ts";
import { native } from "./native.ts";

const DEPTH = 4;
const ENTRIES = 100;
const LINE_LENGTH = 16 * 1024;

/** A value as a person reads it; the text is bounded in depth, entries and length. */
function inspect(value: unknown, depth: number): string {
  if (typeof value === "string") return depth === 0 ? value : JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return `[function ${value.name || "anonymous"}]`;
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Error) {
    const { name, message, stack } = describe(value);
    return stack ? `${name}: ${message}\n${stack.trimEnd()}` : `${name}: ${message}`;
  }
  if (value instanceof Date) return String(Number.isNaN(value.getTime()) ? value : value.toISOString());
  if (value instanceof RegExp) return String(value);
  if (value instanceof Promise) return "[Promise]";
  if (depth >= DEPTH) return Array.isArray(value) ? "[…]" : "{…}";
  if (value instanceof Map) {
    return list("Map {", "}", [...value], ([k, v]) => `${inspect(k, depth + 1)} => ${inspect(v, depth + 1)}`);
  }
  if (value instanceof Set) return list("Set {", "}", [...value], (item) => inspect(item, depth + 1));
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return list("[", "]", Array.from(value as ArrayLike<unknown>), (item) => inspect(item, depth + 1));
  }
  return list("{ ", " }", Object.entries(value), ([key, item]) => `${key}: ${inspect(item, depth + 1)}`);
}

function list<T>(open: string, close: string, items: readonly T[], show: (item: T) => string): string {
  const shown = items.slice(0, ENTRIES).map(show);
  if (items.length > ENTRIES) shown.push(`… ${items.length - ENTRIES} more`);
  return shown.length === 0 ? (open + close).replaceAll(" ", "") : open + shown.join(", ") + close;
}

function write(prefix: string) {
  return (...values: readonly unknown[]): void => {
    let line = prefix;
    try {
      line += values.map((value) => inspect(value, 0)).join(" ");
    } catch {
      line += "(a value that cannot be shown)";
    }
    native.log(line.slice(0, LINE_LENGTH));
  };
}

defineGlobals({
  console: {
    log: write(""),
    info: write(""),
    debug: write("debug: "),
    warn: write("warning: "),
    error: write("error: "),
    trace: write("trace: "),
  },
});
