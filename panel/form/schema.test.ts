import { expect, test } from "vitest";
import { fieldKind, words } from "./schema.ts";

test.each([
  [{ type: "string" }, { kind: "text", long: false }],
  [
    { type: "string", maxLength: 65_536 },
    { kind: "text", long: true },
  ],
  [
    { type: "integer", minimum: 0 },
    { kind: "number", whole: true },
  ],
  [{ type: "boolean" }, { kind: "yes_no" }],
  [
    { type: "string", enum: ["a", "b"] },
    { kind: "choice", options: ["a", "b"] },
  ],
  [{ anyOf: [{ const: "a" }, { const: "b" }] }, { kind: "choice", options: ["a", "b"] }],
  [
    { type: "array", items: { type: "string" } },
    { kind: "list", of: { type: "string" } },
  ],
  [{ type: "array", items: { type: "object" } }, { kind: "json" }],
  [{ anyOf: [{ type: "string" }, { type: "number" }] }, { kind: "json" }],
  [{ type: ["string", "null"] }, { kind: "json" }],
  [{}, { kind: "json" }],
  [
    {
      type: "object",
      properties: { path: { type: "string" }, k: { type: "integer", default: 5 } },
      required: ["path", "k"],
    },
    {
      kind: "object",
      fields: [
        ["path", { type: "string" }, true],
        ["k", { type: "integer", default: 5 }, false],
      ],
    },
  ],
])("%j is shown as %j", (schema, kind) => {
  expect(fieldKind(schema)).toEqual(kind);
});

test("a field is named in words", () => {
  expect(words("max_bytes")).toBe("Max bytes");
});
