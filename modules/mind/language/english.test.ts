import { expect, test } from "vitest";
import { englishStem, formsInEnglish } from "./english.ts";

test.each([
  ["running", "run"],
  ["hoping", "hope"],
  ["ponies", "poni"],
  ["cries", "cri"],
  ["agreed", "agre"],
  ["relational", "relat"],
  ["generously", "generous"],
  ["knightly", "knight"],
  ["controlling", "control"],
  ["skies", "sky"],
  ["gas", "gas"],
])("the stem of %s is %s", (word, stem) => {
  expect(englishStem(word)).toBe(stem);
});

test.each([
  ["adopted", "adoption", 0.9],
  ["parties", "party", 0.9],
  ["teach", "teacher", 0.7],
  ["sculptor", "sculpture", 0.7],
  ["part", "party", 0],
  ["study", "studio", 0],
  ["plan", "plant", 0],
  ["universe", "university", 0],
  ["moth", "mother", 0],
])("%s and %s are forms of one word as surely as %d", (a, b, like) => {
  expect(formsInEnglish(a, b)).toBe(like);
  expect(formsInEnglish(b, a)).toBe(like);
});
