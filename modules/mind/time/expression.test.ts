import { expect, test } from "vitest";
import { tokenize } from "../language/tokens.ts";
import { DAY_MS, timeExpression } from "./expression.ts";

const NOW = Date.UTC(2026, 10, 20, 9);
const said = (text: string) => {
  const found = timeExpression(tokenize(text), NOW);
  if (!found?.span) return found?.offset === undefined ? undefined : found.offset / DAY_MS;
  return [found.span.from, found.span.to].map((at) => new Date(at).toISOString().slice(0, 10)).join(" … ");
};

test.each([
  ["on 7 May 2023", "2023-05-07 … 2023-05-07"],
  ["on May 7th, 2023", "2023-05-07 … 2023-05-07"],
  ["am 3. März 2024", "2024-03-03 … 2024-03-03"],
  ["el 5 de mayo de 2022", "2022-05-05 … 2022-05-05"],
  ["2023-05-07", "2023-05-07 … 2023-05-07"],
  ["in May", "2026-05-01 … 2026-05-31"],
  ["in December", "2025-12-01 … 2025-12-31"],
  ["last November", "2025-11-01 … 2025-11-30"],
  ["in 2022", "2022-01-01 … 2022-12-31"],
  ["three days ago", "2026-11-17 … 2026-11-17"],
  ["hace tres días", "2026-11-17 … 2026-11-17"],
  ["gestern", "2026-11-19 … 2026-11-19"],
  ["letzten Monat", "2026-10-01 … 2026-10-31"],
  ["last Friday", "2026-11-13 … 2026-11-13"],
  ["last week", "2026-11-09 … 2026-11-15"],
])("%s", (text, span) => {
  expect(said(text)).toBe(span);
});

test("a distance from something else is an offset", () => {
  expect(said("two weeks after the trip")).toBe(14);
  expect(said("drei Tage vor der Reise")).toBeDefined();
});

test.each(["I may go", "they march on", "nothing of time", "99/99/2023", "2023-77"])(
  "%s says nothing of when",
  (text) => {
    expect(said(text)).toBeUndefined();
  },
);
