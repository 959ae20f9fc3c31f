import { expect, test } from "vitest";
import { decodeEntities } from "./entities.ts";
import { parse, type Token } from "./grammar.ts";
import { safeHref } from "./link.ts";

const inlineOf = (text: string) => (parse(text)[0] as { tokens: Token[] }).tokens;
const formulas = (text: string) =>
  inlineOf(text).flatMap((one) => (one.type === "math" ? [(one as unknown as { text: string }).text] : []));

test("formulas are found, prices are not", () => {
  expect(formulas("with $n$ and \\(a^2\\), $$b$$ too")).toEqual(["n", "a^2", "b"]);
  expect(formulas("from $5 to $10, or 3$ and 4$")).toEqual([]);
  expect(formulas("`$n$` is code")).toEqual([]);
});

test("a formula on lines of its own may hold empty lines, and may not have ended yet", () => {
  expect([...parse("$$\nx\n\ny\n$$\nafter")]).toMatchObject([
    { type: "math", text: "x\n\ny", display: true, open: false },
    { type: "paragraph" },
  ]);
  expect([...parse("$$\nx = \\fr")]).toMatchObject([{ type: "math", text: "x = \\fr", open: true }]);
  expect([...parse("\\[ x \\]")]).toMatchObject([{ type: "math", text: "x" }]);
});

test("links lead to the web and to mail, and nowhere else", () => {
  expect(safeHref("https://example.org/a")).toBe("https://example.org/a");
  expect(safeHref("mailto:a@example.org")).toBe("mailto:a@example.org");
  for (const href of [
    "javascript:alert(1)",
    " javascript:alert(1)",
    "JaVaScRiPt:1",
    "data:text/html,1",
    "file:///etc",
    "/api/call",
    "//evil",
    "",
  ])
    expect(safeHref(href)).toBeUndefined();
});

test("character references are characters", () => {
  expect(decodeEntities("a &amp; b &lt;c&gt; &#8364; &#x20AC; &none; &#0;")).toBe(
    "a & b <c> € € &none; \ufffd",
  );
});
