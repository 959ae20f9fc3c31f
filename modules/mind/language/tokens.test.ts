import { expect, test } from "vitest";
import { functionWordsIn } from "./function-words.ts";
import { termsOf, tokenize } from "./tokens.ts";
import { formsOfOne } from "./variants.ts";

test("words are compared without case and accents, in every script", () => {
  expect(termsOf("Größe NAÏVE Ёлка ΈΛΛΗΝΑΣ")).toEqual(["grosse", "naive", "елка", "ελληνασ"]);
});

test("what an apostrophe cuts off is no word; numbers, times and dates stay whole", () => {
  expect(termsOf("Caroline's dog, l'école, at 10:30 on 2023-05-07 for 1,000")).toEqual([
    "caroline",
    "dog",
    "ecole",
    "at",
    "10:30",
    "on",
    "2023-05-07",
    "for",
    "1000",
  ]);
});

test("text without spaces gives pairs of characters and single Han characters, or triples", () => {
  expect(termsOf("买猫了")).toEqual(["买猫", "猫了", "买", "猫", "了"]);
  expect(termsOf("ตลาด")).toEqual(["ตลา", "ลาด"]);
});

test("a capital inside a sentence or a digit makes a name; the first word of a sentence is told apart", () => {
  const [the, , tom] = tokenize("The friend Tom came. Then 3 left");
  expect([the?.first, tom?.named, tom?.first]).toEqual([true, true, false]);
});

test("function words are those of the language of the sentence", () => {
  expect(functionWordsIn(termsOf("What did my son do with the hat")).has("son")).toBe(false);
  expect(functionWordsIn(termsOf("los libros son de mi padre")).has("son")).toBe(true);
});

test.each([
  ["paint", "painting", true],
  ["study", "studies", true],
  ["run", "running", true],
  ["happy", "happiness", true],
  ["adopt", "adoption", true],
  ["hund", "hunde", true],
  ["кошка", "кошки", true],
  ["학교에서", "학교", true],
  ["trabajo", "trabajar", true],
  ["support", "supper", false],
  ["mother", "motto", false],
  ["2023", "2024", false],
])("%s and %s are forms of one word: %s", (a, b, same) => {
  expect(formsOfOne(a, b) > 0).toBe(same);
  expect(formsOfOne(b, a)).toBe(formsOfOne(a, b));
});
