/** Whatever a model writes as arguments: a tool answers or refuses with a code; it never breaks. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FieldworkError, type JsonObject, type JsonValue } from "#contract";
import { createTurn } from "../../kernel/turns/index.ts";
import { TOOLS } from "../../modules/tool/tools/index.ts";
import { openWorkshop, type Workshop } from "./support.ts";

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
  await shop.run("fs.write", { path: "notes/plan.md", content: "# Plan\nBuy seeds\n" });
});
afterAll(() => shop.close());

const odd = fc.constantFrom<JsonValue>(
  "",
  " ",
  "../../etc/passwd",
  "/workspace",
  "notes",
  "notes/plan.md",
  "\u0000",
  "\ud800",
  "now",
  "2026-13-45",
  "9".repeat(400),
  "((((",
  "a[b].c",
  "(a+)+$",
  "[",
  "-1",
  "__proto__",
  "constructor",
  "{{a.b}}",
  "http://127.0.0.1:1/",
  "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
  "--- a/x\n@@",
  "&#x110000;",
  "%",
  0,
  -1,
  1.5,
  1e21,
  -1e300,
  null,
  true,
  [],
  {},
);
const value: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 3, arbitrary: odd },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue> },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 50 }) },
);

/** Arguments near what the tool takes: its own examples with some members made wrong, or members of its schema with anything. */
function argumentsFor(tool: (typeof TOOLS)[number]): fc.Arbitrary<JsonObject> {
  const names = Object.keys(tool.input.shape);
  const anything = fc.dictionary(fc.constantFrom(...names, "extra"), value) as fc.Arbitrary<JsonObject>;
  const bent = fc
    .tuple(fc.constantFrom(...((tool.examples ?? [{}]) as JsonObject[])), anything)
    .map(([example, wrong]) => ({ ...example, ...wrong }));
  return fc.oneof(bent, anything);
}

test.each(TOOLS.map((tool) => [tool.name, tool] as const))("%s", async (name, tool) => {
  // Nobody is there to be asked, so that a question that is well formed does not wait for ever.
  const turn = createTurn({ source: { kind: "schedule", id: "test" } });
  await fc.assert(
    fc.asyncProperty(argumentsFor(tool), async (args) => {
      try {
        await shop.run(name, args, turn);
      } catch (error) {
        expect(error).toBeInstanceOf(FieldworkError);
        const { code, message } = error as FieldworkError;
        expect(["internal", "outcome_unknown", "memory_exhausted"], `${code}: ${message}`).not.toContain(
          code,
        );
      }
    }),
    { numRuns: 60, endOnFailure: true },
  );
});
