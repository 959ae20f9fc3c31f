import { expect, test } from "vitest";
import { type JsonObject, type JsonValue, parseManifest } from "#contract";
import { checkInput, schemaProblems } from "./index.ts";

const problems = (...schemas: readonly JsonObject[]) =>
  schemaProblems(
    parseManifest(
      JSON.stringify({
        id: "notes",
        version: "1.0.0",
        kind: "agent",
        display_name: "Notes",
        entry: "agent.ts",
        abi_version: 1,
        exposes_rpc: schemas.map((input_schema, at) => ({ name: `f${at}`, input_schema })),
      }),
    ),
  );
const code = (schema: JsonObject, args: JsonValue): string => {
  try {
    checkInput("f", schema, args);
    return "fits";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

const person: JsonObject = {
  type: "object",
  properties: {
    name: { type: "string", maxLength: 5 },
    age: { type: "integer", minimum: 0 },
    pattern: { type: "string" },
  },
  required: ["name"],
  additionalProperties: false,
};

test("arguments are held against the schema, and every misfit is named with its path", () => {
  expect(problems(person)).toEqual([]);
  expect(code(person, { name: "Ann", age: 5, pattern: "(a+)+" })).toBe("fits");
  expect(() => checkInput("f", person, { name: "Annabel", age: -1, more: 1 })).toThrow(
    expect.objectContaining({
      code: "invalid_input",
      details: {
        problems: expect.arrayContaining([expect.stringMatching(/^name: /), expect.stringMatching(/^age: /)]),
      },
    }),
  );
});

test("no schema takes anything", () => {
  expect(problems({})).toEqual([]);
  expect(code({}, [1, "x", null])).toBe("fits");
});

test.each<[string, JsonObject]>([
  ["pattern", { type: "object", properties: { a: { type: "string", pattern: "^(a+)+$" } } }],
  ["patternProperties", { type: "object", patternProperties: { "^(a+)+$": { type: "string" } } }],
  ["pattern", { type: "object", propertyNames: { pattern: "^(a+)+$" } }],
  [
    "pattern",
    { type: "array", items: { anyOf: [{ type: "null" }, { allOf: [{ type: "string", pattern: "x" }] }] } },
  ],
  ["pattern", { type: "array", prefixItems: [{ type: "string", pattern: "x" }] }],
  ["pattern", { type: "object", additionalProperties: { type: "string", pattern: "x" } }],
  ["$ref", { $defs: { a: { type: "string" } }, type: "object", properties: { a: { $ref: "#/$defs/a" } } }],
  ["pattern", { $defs: { a: { type: "string", pattern: "x" } }, type: "object" }],
  ["uniqueItems", { type: "array", uniqueItems: true }],
])("%s is refused wherever it stands", (keyword, schema) => {
  const [problem] = problems({ type: "object" }, schema);
  expect(problem).toContain("exposes_rpc.1: the input_schema of f1 cannot be used");
  expect(problem).toContain(keyword);
  expect(code(schema, {})).toBe("module_invalid");
});

test("what only looks like a keyword is not refused", () => {
  const named = Object.fromEntries(
    ["pattern", "$ref", "uniqueItems"].map((name) => [name, { type: "string" }]),
  );
  expect(
    problems({ type: "object", properties: named, default: { pattern: "x" } }, { enum: [{ pattern: "x" }] }),
  ).toEqual([]);
});

test("a schema that is too large, too deep, or one of too many is refused quickly", () => {
  let deep: JsonObject = { type: "string" };
  for (let n = 0; n < 40; n++) deep = { type: "array", items: deep };
  const wide = { anyOf: Array.from({ length: 600 }, () => ({ type: "null" })) };
  const big = { enum: Array.from({ length: 20_000 }, (_, n) => n * 1000) };
  const half = { anyOf: Array.from({ length: 300 }, () => ({ type: "null" })) };
  const begun = performance.now();
  expect(problems(deep)[0]).toContain("nested deeper than 32");
  expect(problems(wide)[0]).toContain("more than 512");
  expect(problems(big)[0]).toContain("65536 characters");
  expect(problems(half)).toEqual([]);
  expect(problems(half, half)[0]).toContain("f1 cannot be used: all together");
  expect(performance.now() - begun).toBeLessThan(30_000);
});

test("what the library cannot check is refused when the module is read, not when it is called", () => {
  expect(problems({ not: { type: "string" } })[0]).toContain("cannot be used");
  expect(problems({ if: {} })[0]).toContain("cannot be used");
});

test("the time a check takes is bounded, whatever is sent", () => {
  const list: JsonObject = { type: "array", items: { type: "number" } };
  const either: JsonObject = {
    type: "array",
    items: { anyOf: Array.from({ length: 100 }, (_, n) => ({ const: n })) },
  };
  const many = (count: number) => Array.from({ length: count }, () => "no number");
  expect(code(list, many(1000))).toBe("invalid_input");
  expect(code(list, many(100_001))).toBe("too_large");
  expect(code(either, many(2000))).toBe("too_large");
  let nested: JsonValue = 1;
  for (let n = 0; n < 200_000; n++) nested = [nested];
  expect(code(list, nested)).toBe("too_large");
  code(either, many(10));
  const begun = performance.now();
  expect(code(either, many(900))).toBe("invalid_input");
  expect(performance.now() - begun).toBeLessThan(30_000);
});

test("a required name is asked for, also where nothing else is said of it", () => {
  const schema = { type: "object", required: ["name"] };
  expect(() => checkInput("f", schema, {})).toThrow("name");
  expect(() => checkInput("f", schema, { name: 1 })).not.toThrow();
});
