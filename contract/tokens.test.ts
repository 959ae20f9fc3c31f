import fc from "fast-check";
import { expect, test } from "vitest";
import { estimateMessageTokens, estimateTokens } from "./tokens.ts";

/** What the encoding with 100,000 entries that is most used needs for it; counted once, elsewhere. */
const KNOWN: readonly (readonly [text: string, tokens: number])[] = [
  ["", 0],
  ["Hello, world!", 4],
  ["The quick brown fox jumps over the lazy dog.", 10],
  ["antidisestablishmentarianism", 6],
  ["const sum = (a, b) => a + b;", 12],
  ["    indented\n        more\n", 6],
  ["3.14159265358979", 7],
];

test.each(KNOWN)("%j is not estimated too low", (text, tokens) => {
  expect(estimateTokens(text)).toBeGreaterThanOrEqual(tokens);
});

test("plain English is estimated at most twice too high", () => {
  const text = "The quick brown fox jumps over the lazy dog. ".repeat(50);
  expect(estimateTokens(text)).toBeLessThanOrEqual(50 * 10 * 2);
});

test("a text never takes less than its seventh in code units, and joined by a line break never more than both", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), (a, b) => {
      expect(estimateTokens(a)).toBeGreaterThanOrEqual(Math.floor(a.length / 7));
      expect(estimateTokens(`${a}\n${b}`)).toBeLessThanOrEqual(estimateTokens(a) + estimateTokens(b) + 1);
    }),
  );
});

test("every part of a message counts", () => {
  const of = (content: Parameters<typeof estimateMessageTokens>[0]["content"]) =>
    estimateMessageTokens({ role: "user", content });
  expect(of("word")).toBeGreaterThan(1);
  expect(of([{ type: "image", data: "" }])).toBeGreaterThan(1000);
  expect(of([{ type: "file", media_type: "application/pdf", data: "A".repeat(10_000) }])).toBeGreaterThan(
    5000,
  );
  expect(of([{ type: "tool_call", id: "1", name: "a", args: "word ".repeat(50) }])).toBeGreaterThan(50);
  expect(
    of([{ type: "tool_result", id: "1", content: [{ type: "text", text: "word ".repeat(50) }] }]),
  ).toBeGreaterThan(50);
});
