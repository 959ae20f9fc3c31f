import { expect, test } from "vitest";
import { spoken } from "./spoken.ts";

test.each([
  [
    "## What I found\n\nA **short** answer with `code` and ~~one~~ *word*.",
    "What I found A short answer with code and one word.",
  ],
  ["- one\n- [x] two\n1. three\n> said", "one two three said"],
  ["| Day | Litres |\n|---|---:|\n| Mo | 21 |", "Day, Litres Mo, 21"],
  ["Before\n```ts\nconst a = 1;\n```\nafter", "Before … after"],
  ["Cut off in\n```ts\nconst a", "Cut off in …"],
  ["So $$\\int x$$ is [a page](https://example.org).", "So … is a page."],
  ["snake_case_name stays, 2 * 3 * 4 as well", "snake_case_name stays, 2 * 3 * 4 as well"],
  ["مرحبا **بك**", "مرحبا بك"],
])("%j is said as %j", (markdown, words) => {
  expect(spoken(markdown)).toBe(words);
});

test("text of hostile shape takes no long time", () => {
  for (const sign of ["`", "*", "[", "|", "$$", "_", "- ", "```\n", "**a"]) spoken(sign.repeat(400));
});
