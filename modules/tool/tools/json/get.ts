import { z } from "zod";
import { defineTool, type JsonValue, jsonValue } from "#contract";
import { document, givenValue, path } from "./document.ts";
import { step, stepsOf } from "./pointer.ts";

const FOUND_MAX = 10_000;

export const getJson = defineTool({
  name: "json.get",
  version: 1,
  title: "Get a part of JSON",
  summary: "Take a value out of a JSON document by its path.",
  keywords:
    "extract field select query jq jsonpath pointer read property member auslesen feld extraer campo extraire",
  input: z.object({ json: document, path }),
  output: z.object({
    found: z.boolean().describe("There is something at the path"),
    value: jsonValue.describe("The value; with * in the path the list of all"),
  }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [
    { json: { items: [{ name: "tea" }, { name: "milk" }] }, path: "items[*].name" },
    { json: '{"a":[1,2]}', path: "/a/1" },
  ],
  run({ json, path }) {
    const steps = stepsOf(path);
    let values: JsonValue[] = [givenValue(json)];
    for (const key of steps) {
      const next = key === "*" ? values.flatMap(children) : values.map((value) => step(value, key));
      values = next.filter((value) => value !== undefined).slice(0, FOUND_MAX);
    }
    const many = steps.includes("*");
    return Promise.resolve({ found: values.length > 0, value: many ? values : (values[0] ?? null) });
  },
});

function children(value: JsonValue): readonly (JsonValue | undefined)[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}
