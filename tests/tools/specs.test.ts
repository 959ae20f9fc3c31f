/** The faces that come from one declaration. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { estimateTokens, type JsonObject, type ToolSpec, toolFunctionName, toolNameOf } from "#contract";
import { toolPage } from "../../docs/generator/tools.ts";
import { TOOLS } from "../../modules/tool/tools/index.ts";
import { OWNER, openWorkshop, PROBE, type Workshop } from "./support.ts";

let shop: Workshop;
let all: readonly ToolSpec[];
beforeAll(async () => {
  shop = await openWorkshop();
  all = (await shop.owner<{ tools: ToolSpec[] }>("tool.specs", { all: true })).tools;
});
afterAll(() => shop.close());

const specs = async (caller: typeof OWNER, args = {}): Promise<readonly ToolSpec[]> => {
  const reply = await shop.kernel.call(caller, "tool.specs", args);
  if (!reply.ok) throw new Error(reply.error.message);
  return (reply.result as { tools: ToolSpec[] }).tools;
};
const functionText = ({ name, summary, input_schema }: ToolSpec): string =>
  JSON.stringify({ name: toolFunctionName(name), description: summary, parameters: input_schema });

test("all tools are there, each with its schemas", () => {
  expect(all.map((one) => one.name)).toEqual(TOOLS.map((one) => one.name));
});

test("an agent pays for the tools it declares alone", async () => {
  const declared = (await specs(PROBE)).map((one) => one.name);
  expect(declared).toEqual([
    ...TOOLS.filter(({ name }) => name.startsWith("fs.")).map(({ name }) => name),
    "text.count",
  ]);
});

test("the default set is small", async () => {
  const set = await specs(OWNER);
  const sizes = set.map((one) => estimateTokens(functionText(one)));
  const sum = sizes.reduce((total, size) => total + size, 0);
  console.log(
    `default set: ${set.length} tools, ${sum} tokens at most; all ${all.length}: ${all.reduce((total, one) => total + estimateTokens(functionText(one)), 0)}`,
  );
  expect(sum).toBeLessThan(2200);
});

test("names and families can be asked for, also as a model writes them", async () => {
  const named = async (...names: string[]) => (await specs(OWNER, { names })).map((one) => one.name);
  expect(await named("text_count", "json.*", "text.count", "no.such")).toEqual([
    "text.count",
    "json.get",
    "json.set",
    "json.format",
    "json.validate",
  ]);
});

test("every name has a function's name that leads back to it", () => {
  for (const { name } of TOOLS) {
    expect(toolFunctionName(name)).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(toolNameOf(toolFunctionName(name))).toBe(name);
  }
});

test.each(TOOLS.map((tool) => [tool.name, tool] as const))("%s has a schema every provider takes", (name) => {
  const { input_schema, output_schema } = all.find((one) => one.name === name) as ToolSpec;
  expect(input_schema.type).toBe("object");
  for (const text of [JSON.stringify(input_schema), JSON.stringify(output_schema)]) {
    expect(text).not.toMatch(/\$ref|\$defs|9007199254740991/);
  }
  for (const [field, schema] of Object.entries(input_schema.properties as JsonObject))
    expect((schema as JsonObject).description, `${name}.${field}`).toBeTruthy();
  if (output_schema.type === "object")
    for (const [field, schema] of Object.entries(output_schema.properties as JsonObject))
      expect((schema as JsonObject).description, `${name} output ${field}`).toBeTruthy();
});

test("the handbook shows each tool with its arguments, and how to run it", () => {
  const page = toolPage();
  expect(page).toMatch(/\| `from_line` +\| `integer` +\| default 1 +\| 1 or more +\| First line, from 1 +\|/);
  expect(page).toContain('fw tool run fs.read \'{"path":"notes/plan.md"}\'');
  for (const { name } of TOOLS) expect(page).toContain(`\n### ${name}\n`);
});
