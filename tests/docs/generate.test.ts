import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { REFERENCE, referencePages } from "../../docs/generate.ts";

const pages = Object.entries(referencePages());

test.each(pages)("docs/reference/%s is what the code says now (node docs/generate.ts)", (name, text) => {
  expect(readFileSync(join(REFERENCE, name), "utf8")).toBe(text);
});

test("the reference has no page that nobody writes", () => {
  expect(readdirSync(REFERENCE).sort()).toEqual(pages.map(([name]) => name).sort());
});
