import { expect, test } from "vitest";
import { excerptOf } from "./excerpt.ts";
import { fold, soughtIn, termsOf } from "./words.ts";

const shown = (text: string, query: string) => {
  const found = excerptOf(fold(text), soughtIn(query));
  return found && { text: found.text, words: found.marks.map(({ from, to }) => found.text.slice(from, to)) };
};

test("a text is found by its words, each once, in any script", () => {
  expect(termsOf("The Garden, the GARDEN and a café: 12 Straße")).toBe("the garden and a cafe 12 strasse");
  expect(termsOf("我们去北京")).toBe("我们 们去 去北 北京 京");
  expect(termsOf("用fts搜索")).toBe("用 fts 搜索 索");
});

test("the words stand marked in the excerpt as they were written", () => {
  expect(shown("Die Straße ist LANG, strassenlang", "strasse lang")).toEqual({
    text: "Die Straße ist LANG, strassenlang",
    words: ["Straße", "LANG", "strasse"],
  });
  expect(shown("Un CAFÉ, por favor", "cafe")?.words).toEqual(["CAFÉ"]);
  expect(shown("昨日は東京へ行きました", "東京")?.words).toEqual(["東京"]);
});

test("a word is found where one begins, and characters without spaces where they stand together", () => {
  expect(shown("He is undergoing it", "going")).toBeUndefined();
  expect(shown("He is going", "go")?.words).toEqual(["go"]);
  expect(shown("北の京", "北京")).toBeUndefined();
});

test("of a long text a line around the first of the words is shown", () => {
  const found = shown(`${"before ".repeat(100)}needle\n${"after ".repeat(100)}`, "needle");
  expect(found?.words).toEqual(["needle"]);
  expect(found?.text).toMatch(/^…before .*needle after .*after…$/);
  expect(found?.text.length).toBeLessThan(210);
});

test("an excerpt never ends in the middle of a character", () => {
  const found = excerptOf(fold(`${"𠮷".repeat(300)}東京${"𠮷".repeat(300)}`), soughtIn("東京"));
  expect(found?.text.isWellFormed()).toBe(true);
  expect(found?.marks.map(({ from, to }) => found.text.slice(from, to))).toEqual(["東京"]);
});

test("a text has so many terms at most, also one without any space", () => {
  const count = (text: string) => termsOf(text).split(" ").length;
  const run = Array.from({ length: 20_000 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join("");
  expect(count(run)).toBe(5000);
  expect(count(Array.from({ length: 9000 }, (_, n) => `w${n}`).join(" "))).toBe(5000);
});
