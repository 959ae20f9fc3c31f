import { expect, test } from "vitest";
import type { Place, Tool } from "#contract";
import { closeDesk } from "../../desk/index.ts";
import { json } from "./index.ts";

const place = { signal: new AbortController().signal } as Place;
const run = async (name: string, args: object): Promise<Record<string, unknown>> => {
  const tool = json.find((one) => one.name === name) as Tool;
  return (await tool.run(tool.input.parse(args), place)) as Record<string, unknown>;
};
const doc = { items: [{ name: "tea", "a.b": 1 }, { name: "milk" }], "x/y": { "~": 2 } };

test.each([
  ["items[0].name", "tea"],
  ["items[-1].name", "milk"],
  ["$.items[*].name", ["tea", "milk"]],
  ['items[0]["a.b"]', 1],
  ["/items/1/name", "milk"],
  ["/x~1y/~0", 2],
  ["", doc],
])("%s", async (path, value) => expect((await run("json.get", { json: doc, path })).value).toEqual(value));

test.each(["nothing", "items[9]", "items.name", "items[0].constructor", "__proto__"])(
  "%s finds nothing",
  async (path) => expect(await run("json.get", { json: doc, path })).toEqual({ found: false, value: null }),
);

test("a value is set, added and removed; the others stay in their order", async () => {
  const set = async (path: string, value?: unknown) =>
    (
      await run("json.set", {
        json: { a: 1, b: [1, 2], c: 3 },
        path,
        ...(value === undefined ? {} : { value }),
      })
    ).json;
  expect(JSON.stringify(await set("b[1]", 9))).toBe('{"a":1,"b":[1,9],"c":3}');
  expect(await set("b[-]", 3).catch(() => "refused")).toBe("refused");
  expect(await set("/b/-", 3)).toEqual({ a: 1, b: [1, 2, 3], c: 3 });
  expect(await set("b[0]")).toEqual({ a: 1, b: [2], c: 3 });
  expect(await set("d.e.f", true)).toEqual({ a: 1, b: [1, 2], c: 3, d: { e: { f: true } } });
  expect(await set("a")).toEqual({ b: [1, 2], c: 3 });
  await expect(set("a.b", 1)).rejects.toMatchObject({ code: "conflict" });
  await expect(set("b[7]", 1)).rejects.toMatchObject({ code: "not_found" });
});

test("a prototype cannot be reached by a path", async () => {
  await run("json.set", { json: {}, path: "__proto__.polluted", value: true });
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("problems are told with their path", async () => {
  const schema = { type: "object", properties: { age: { type: "integer" } }, required: ["name"] };
  const { valid, problems } = await run("json.validate", { json: { age: "3" }, schema });
  expect(valid).toBe(false);
  expect((problems as string[]).join("\n")).toMatch(/age/);
  expect((problems as string[]).join("\n")).toMatch(/name/);
  expect((await run("json.validate", { json: '{"a":1' })).valid).toBe(false);
  expect((await run("json.validate", { json: '{"a":1}' })).valid).toBe(true);
  await closeDesk();
});
