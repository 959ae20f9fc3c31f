import { expect, test } from "vitest";
import { levelsOf } from "./levels.ts";

test("headings of a text follow one another in the page without leaving out a level", () => {
  expect(levelsOf(["## A", "text", "#### B", "### C", "Title\n===", "# D", "## E"])).toEqual([
    2,
    undefined,
    3,
    3,
    2,
    2,
    3,
  ]);
  expect(levelsOf(["#hashtag", "- # in a list"])).toEqual([undefined, undefined]);
});
