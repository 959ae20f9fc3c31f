import { expect, test } from "vitest";
import { spokenTurn } from "./spoken.ts";

test.each([
  ["Ana: hi there", "Ana", undefined],
  ["**Ana:** hi there", "Ana", undefined],
  ["[1:56 pm on 8 May, 2023] Ana: hi there", "Ana", "2023-05-08"],
  ["Ana (8 May 2023): hi there", "Ana", "2023-05-08"],
  ["2023-05-08 Ana: hi there", "Ana", "2023-05-08"],
  ["2023-05-08T13:56:00Z Ana: hi there", "Ana", "2023-05-08"],
  ["08/05/2023, 13:56 - Ana Lee: hi there", "Ana Lee", "2023-05-08"],
  ["1:56 pm on 8 May, 2023 | Ana: hi there", "Ana", "2023-05-08"],
  ["D1:3 Ana: hi there", "Ana", undefined],
  ["小雨：hi there", "小雨", undefined],
])("%s is said by %s on %s", (text, speaker, day) => {
  const turn = spokenTurn(text);
  expect(turn?.speaker).toBe(speaker);
  expect(text.slice(turn?.begins)).toBe("hi there");
  expect(turn?.at === undefined ? undefined : new Date(turn.at).toISOString().slice(0, 10)).toBe(day);
});

test.each([
  "At 10 we met Ana: she was happy",
  "In 2023 we met Ana: she was happy",
  "Version 3.5 Note: it works",
])("nobody says: %s", (text) => {
  expect(spokenTurn(text)).toBeUndefined();
});
