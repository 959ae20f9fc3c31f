import { expect, test } from "vitest";
import { mend } from "./mend.ts";

test.each([
  ["a **bold wor", "a **bold wor**"],
  ["a **bold** wor", "a **bold** wor"],
  ["some `code wi", "some `code wi`"],
  ["see [the hand", "see the hand"],
  ["see [the handbook](https://exa", "see the handbook"],
  ["see [the handbook](https://example.org) now", "see [the handbook](https://example.org) now"],
  ["an *em and **both", "an *em and **both***"],
  ["left **", "left "],
  ["- one\n- **two", "- one\n- **two**"],
  ["a snake_case_name", "a snake_case_name"],
  ["2 * 3 = 6", "2 * 3 = 6"],
  ["escaped \\*star", "escaped \\*star"],
  ["`a ** b` and **c", "`a ** b` and **c**"],
  ["```ts\nconst a = `x", "```ts\nconst a = `x"],
  ["$$\na_1 * b", "$$\na_1 * b"],
  ["**two\nlines", "**two\nlines**"],
])("%j is shown as %j", (text, shown) => {
  expect(mend(text)).toBe(shown);
});
