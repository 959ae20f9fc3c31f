import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FieldworkError, type JsonObject, parseManifest } from "./index.ts";

const least = {
  id: "notes",
  version: "1.0.0",
  kind: "agent",
  display_name: "Notes",
  entry: "agent.ts",
  abi_version: 1,
};
const parse = (more: JsonObject = {}) => parseManifest(JSON.stringify({ ...least, ...more }));

function problemsOf(text: string): readonly string[] {
  try {
    parseManifest(text);
  } catch (error) {
    expect(error).toBeInstanceOf(FieldworkError);
    expect((error as FieldworkError).code).toBe("module_invalid");
    return ((error as FieldworkError).details as { problems: string[] }).problems;
  }
  throw new Error("it parsed");
}
const problems = (more: JsonObject) => problemsOf(JSON.stringify({ ...least, ...more }));

test("the least manifest gets its defaults", () => {
  expect(parse()).toMatchObject({
    memory_max_mb: 64,
    timeout_call_ms: 120_000,
    capabilities_required: [],
    exposes_rpc: [],
  });
});

test("all problems are told together, each with its path", () => {
  const rpc = { name: "sum" };
  const found = problems({
    id: "No",
    version: "one",
    kind: "robot",
    memory_max_mb: 0,
    colour: "red",
    capabilities_required: ["fs.read", ""],
    exposes_rpc: [rpc, rpc, { name: "Bad" }],
  });
  for (const path of [
    "id",
    "version",
    "kind",
    "memory_max_mb",
    "capabilities_required.1",
    "exposes_rpc.2.name",
  ])
    expect(found.some((one) => one.startsWith(`${path}: `))).toBe(true);
  expect(found.join("\n")).toContain("colour");
  expect(found).toContain('exposes_rpc: "sum" stands there twice');
});

test("keys that begin with _ are comments at every level, but not inside a schema", () => {
  const input_schema = { type: "object", properties: { _id: { type: "string" } } };
  const made = parse({
    _comment: "why",
    exposes_rpc: [{ _note: 1, name: "sum", input_schema }],
    ui_schema: { _x: 1, sections: [{ _y: 1, title: "A", fields: [{ _z: 1, key: "k", type: "text" }] }] },
  });
  expect(made.exposes_rpc[0]).toEqual({ name: "sum", description: "", input_schema });
  expect(problems({ exposes_rpc: [{ name: "sum", note: 1 }] }).join()).toContain("note");
});

test.each(["flowork-go", "flowork-rust"])("the manifest of %s parses", (name) => {
  const text = readFileSync(new URL(`../tests/fixtures/${name}/manifest.json`, import.meta.url), "utf8");
  expect(parseManifest(text).abi_version).toBe(1);
});

test("the fields of a Flowork 1.0 manifest are accepted", () => {
  const made = parse({
    depends_on: [],
    publishes_topics: ["a"],
    subscribes_topics: ["b"],
    kv_defaults: { a: 1 },
    assets: [],
    lifecycle: { boot: true },
    i18n_keys: {},
    signature: "x",
    capabilities_required: ["state:read", "net:fetch:http://127.0.0.1:2402/", "rpc:call:other.fn"],
  });
  expect(made.kv_defaults).toEqual({ a: 1 });
});

test.each(["1.0.0", "0.1.0-rc.1", "1.0.0-x-y.7+b.001", "10.20.30"])("%s is a version", (version) =>
  expect(parse({ version }).version).toBe(version),
);
test.each(["1", "1.0", "v1.0.0", "01.0.0", "1.0.0-", "1.0.0-a..b", "1.0.0-01", "1.0.0+", "1.0.0 "])(
  "%s is no version",
  (version) => expect(problems({ version })).toHaveLength(1),
);

test.each(["../agent.ts", "/agent.ts", "a/../../b.ts", "agent.sh", "agent", ".hidden.ts", "a b.ts"])(
  "%s is no entry",
  (entry) => expect(problems({ entry })).toHaveLength(1),
);

test("nesting beyond the limit, size beyond the limit, and what is not JSON are told as such", () => {
  const deep = `{"tools":${"[".repeat(64)}${"]".repeat(64)}}`;
  expect(problemsOf(deep)).toEqual(["manifest.json is nested deeper than 64 levels"]);
  expect(problemsOf("[".repeat(200_000) + "]".repeat(200_000))[0]).toContain("deeper");
  expect(problemsOf(" ".repeat(1_048_577))[0]).toContain("larger");
  expect(problemsOf("{")[0]).toContain("not JSON");
  expect(problemsOf("null").length).toBeGreaterThan(0);
});
