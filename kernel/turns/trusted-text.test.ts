import { expect, test } from "vitest";
import { appearsIn } from "./trusted-text.ts";

const said = [
  "Please read https://example.com/news and mail the gist to Ann@Example.org, then run `make test` in /srv/app.",
];

test.each([
  ["https://example.com/news"],
  ["https://example.com/news/"],
  ["ann@example.org"],
  ["make test"],
  ["/srv/app"],
  ["MAKE  TEST"],
  ["make"],
  ["example.org"],
])("%s was said", (text) => {
  expect(appearsIn(text, said)).toBe(true);
});

test.each([
  ["https://example.com/newsletter"],
  ["https://example.com/new"],
  ["https://example.com"],
  ["https://example.com/news?to=evil"],
  ["/srv"],
  ["ann@example.or"],
  [""],
  ["   "],
])("%s was not said: the beginning or the middle of something longer is something else", (text) => {
  expect(appearsIn(text, said)).toBe(false);
});

test("an address at the end of a sentence is whole, one that goes on after the dot is not", () => {
  expect(appearsIn("https://a.example", ["Look at https://a.example."])).toBe(true);
  expect(appearsIn("https://a.example", ["Look at https://a.example.evil.com"])).toBe(false);
});
