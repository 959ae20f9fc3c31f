import { FieldworkError, type JsonValue } from "#contract";

/** One step into a value: a member by name, an item by number, from the end by a negative one; `undefined` where there is none. */
export function step(from: JsonValue | undefined, key: string): JsonValue | undefined {
  if (Array.isArray(from))
    return /^-?\d{1,9}$/.test(key) ? (from as readonly JsonValue[]).at(Number(key)) : undefined;
  if (typeof from !== "object" || from === null) return undefined;
  return Object.hasOwn(from, key)
    ? (from as { readonly [key: string]: JsonValue | undefined })[key]
    : undefined;
}

const STEPS_MAX = 64;

/**
 * The steps of a path: a JSON Pointer (RFC 6901), `/items/0/name`, or the usual `items[0].name`, with `*` for all.
 * @throws FieldworkError `invalid_input`
 */
export function stepsOf(path: string): readonly string[] {
  const steps = path.startsWith("/") ? pointerSteps(path) : dottedSteps(path);
  if (steps.length > STEPS_MAX)
    throw new FieldworkError("invalid_input", `A path may have ${STEPS_MAX} steps.`);
  return steps;
}

const pointerSteps = (path: string): string[] =>
  path
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

const PART = /\.?([^.[\]]+)|\[(?:(-?\d+|\*)|"([^"]*)"|'([^']*)')\]/y;

function dottedSteps(path: string): string[] {
  const rest = path.replace(/^\$\.?/, "");
  const steps: string[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < rest.length) {
    const at = PART.lastIndex;
    const found = PART.exec(rest);
    if (!found)
      throw new FieldworkError("invalid_input", `The path cannot be read at "${rest.slice(at, at + 20)}".`, {
        remedy: "Write it as items[0].name or /items/0/name.",
      });
    steps.push(found[1] ?? found[2] ?? found[3] ?? found[4] ?? "");
  }
  return steps;
}
