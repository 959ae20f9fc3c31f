import { expect, test } from "vitest";
import { parseDoctrine } from "./doctrine.ts";

const rules = (text: string) =>
  parseDoctrine(text).map(({ text: rule, amplitude, sacred }) => [rule, amplitude, sacred]);

test("items and paragraphs are rules; brackets say how strongly they hold", () => {
  expect(
    rules(
      "- Be brief. [0.8]\n- [sacred] Never lie,\n  not even a little.\n\nBe kind\nto all.\n<!-- not this -->",
    ),
  ).toEqual([
    ["Be brief.", 0.8, false],
    ["Never lie, not even a little.", 1, true],
    ["Be kind to all.", 0.5, false],
  ]);
});

test("a heading speaks for all below it until the next", () => {
  expect(rules("# Heilig\n1. Eins\n2. Zwei (amplitude 0.4)\n# Other [0.2]\n* Drei")).toEqual([
    ["Eins", 1, true],
    ["Zwei", 0.4, true],
    ["Drei", 0.2, false],
  ]);
});

test("the same rule has the same id, and stands once", () => {
  const [a] = parseDoctrine("- One");
  expect(parseDoctrine("# Title\n- One\n- One")).toEqual([a]);
});
