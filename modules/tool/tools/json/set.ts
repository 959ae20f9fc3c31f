import { z } from "zod";
import { defineTool, FieldworkError, type JsonValue, jsonValue } from "#contract";
import { document, givenValue, path } from "./document.ts";
import { stepsOf } from "./pointer.ts";

export const setJson = defineTool({
  name: "json.set",
  version: 1,
  title: "Change a part of JSON",
  summary: "Set or remove a value in a JSON document by its path; objects on the way are made.",
  keywords:
    "update modify edit add field property delete remove merge ändern setzen cambiar modificar modifier",
  input: z.object({
    json: document,
    path,
    value: jsonValue.optional().describe("The new value; leave it out to remove what is there"),
  }),
  output: z.object({ json: jsonValue.describe("The whole document after the change") }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [
    { json: { name: "tea" }, path: "price.eur", value: 3 },
    { json: { a: [1, 2, 3] }, path: "a[0]" },
  ],
  run({ json, path, value }) {
    const steps = stepsOf(path);
    if (steps.includes("*")) throw new FieldworkError("invalid_input", "A path to set has no *.");
    return Promise.resolve({ json: changed(givenValue(json), steps, 0, value) ?? null });
  },
});

function changed(
  from: JsonValue | undefined,
  steps: readonly string[],
  at: number,
  value: JsonValue | undefined,
): JsonValue | undefined {
  const key = steps[at];
  if (key === undefined) return value;
  if (Array.isArray(from)) return inList(from as readonly JsonValue[], key, steps, at, value);
  if (from !== undefined && (typeof from !== "object" || from === null))
    throw new FieldworkError(
      "conflict",
      `At "${steps.slice(0, at).join(".")}" stands a ${from === null ? "null" : typeof from}, which has no members.`,
    );
  const object = (from ?? {}) as { readonly [key: string]: JsonValue | undefined };
  const inner = changed(Object.hasOwn(object, key) ? object[key] : undefined, steps, at + 1, value);
  const others = Object.entries(object).filter(([name]) => name !== key);
  if (inner === undefined) return Object.fromEntries(others);
  return Object.fromEntries(
    Object.hasOwn(object, key)
      ? Object.entries(object).map(([name, one]) => [name, name === key ? inner : one])
      : [...others, [key, inner]],
  );
}

function inList(
  list: readonly JsonValue[],
  key: string,
  steps: readonly string[],
  at: number,
  value: JsonValue | undefined,
): JsonValue {
  const number = key === "-" ? list.length : Number(key);
  const place = number < 0 ? list.length + number : number;
  if (!Number.isInteger(place) || place < 0 || place > list.length)
    throw new FieldworkError("not_found", `The list has ${list.length} items; "${key}" is none of them.`, {
      remedy: "Items are counted from 0; `-` or the length adds one at the end.",
    });
  const inner = changed(list[place], steps, at + 1, value);
  return inner === undefined ? list.toSpliced(place, 1) : list.toSpliced(place, 1, inner);
}
