import { expect, test } from "vitest";
import { createGuesses } from "./guesses.ts";

test("after five wrong ones each further one waits twice as long, up to a minute; a right one ends that", () => {
  let at = 1_000_000;
  const guesses = createGuesses(() => at);
  const waits = () => {
    try {
      guesses.begin();
      return 0;
    } catch (thrown) {
      return (thrown as { details: { retry_after_ms: number } }).details.retry_after_ms;
    }
  };
  for (let n = 0; n < 5; n++) expect(waits()).toBe(0);
  for (const wait of [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]) {
    expect(waits()).toBe(wait);
    // What is refused makes it no longer.
    at += wait - 1;
    expect(waits()).toBe(1);
    at += 1;
    expect(waits()).toBe(0);
  }
  at += 60_000;
  guesses.begin().right();
  for (let n = 0; n < 5; n++) expect(waits()).toBe(0);
});
