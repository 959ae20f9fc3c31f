import { expect, test } from "vitest";
import type { SessionInfo } from "#contract";
import { groupsOf } from "./groups.ts";

const now = new Date(2026, 5, 17, 12).getTime();
const at = (session: string, daysAgo: number, more: Partial<SessionInfo> = {}): SessionInfo => ({
  session,
  agent: "field",
  title: `About ${session}`,
  entries: 2,
  superseded: 0,
  created_at: "",
  last_at: new Date(now - daysAgo * 86_400_000).toISOString(),
  pinned: false,
  archived: false,
  turn: "idle",
  waits_for: null,
  ...more,
});

test("conversations are grouped by day, pinned ones first", () => {
  const list = [
    at("old", 100),
    at("a", 0),
    at("b", 1),
    at("c", 3),
    at("d", 20),
    at("p", 50, { pinned: true }),
  ];
  expect(
    groupsOf(list, now).map(({ name, sessions }) => [name, sessions.map(({ session }) => session)]),
  ).toEqual([
    ["Pinned", ["p"]],
    ["Today", ["a"]],
    ["Yesterday", ["b"]],
    ["Previous 7 days", ["c"]],
    ["Previous 30 days", ["d"]],
    ["March 2026", ["old"]],
  ]);
});
