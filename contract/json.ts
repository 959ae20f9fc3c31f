/** JSON values, and the one canonical text of a value. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };
export type JsonObject = { readonly [key: string]: JsonValue | undefined };

/** Nesting of arrays and objects beyond this is refused wherever JSON enters, since much that reads it recurses. */
export const JSON_DEPTH_MAX = 64;

/** Are arrays and objects nested deeper than a limit? A plain value has depth 0. Without recursion. */
export function deeperThan(value: unknown, limit: number): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === limit) return true;
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

/**
 * The canonical text of a JSON value: no white space, keys sorted by UTF-16 code unit, numbers and strings as
 * `JSON.stringify` writes them (RFC 8785). Equal values have equal texts, so hashes can be compared.
 * @throws RangeError for a value nested so deeply that it exhausts the stack; see {@link deeperThan}.
 */
export function canonicalJson(value: unknown): string {
  // Most values are in order as they are: then the engine writes them, in a fraction of the time.
  return (isInOrder(value) ? JSON.stringify(value) : writeInOrder(value)) ?? "null";
}

function isInOrder(value: unknown): boolean {
  if (value === null || typeof value !== "object") return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  let last = "";
  for (const key of Object.keys(value)) {
    if (key < last || !isInOrder((value as Record<string, unknown>)[key])) return false;
    last = key;
  }
  return true;
}

function writeInOrder(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) {
    let text = "[";
    for (let i = 0; i < value.length; i++) text += (i === 0 ? "" : ",") + writeInOrder(value[i]);
    return `${text}]`;
  }
  const record = value as Record<string, unknown>;
  const keys = Object.keys(record);
  if (keys.length > 1) keys.sort();
  let text = "{";
  for (const key of keys) {
    const member = record[key];
    if (member === undefined) continue;
    text += `${text.length === 1 ? "" : ","}${JSON.stringify(key)}:${writeInOrder(member)}`;
  }
  return `${text}}`;
}
