import { expect, test } from "vitest";
import { CAPABILITIES, type Event } from "#contract";
import { isReading, matches } from "./filter.ts";
import { addNew, addPage, KEPT_MAX, NOTHING_READ } from "./tail.ts";

const event = (seq: number, more: Partial<Event> = {}): Event => ({
  seq,
  at: seq * 1000,
  trace: "t",
  span: "s",
  parent: null,
  actor: "field",
  kind: "tool.called",
  subject: "fs.read",
  data: {},
  prev: "",
  hash: "",
  ...more,
});
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => event(from + n));
const ALL = { kind: "", agent: "", session: "", from: "", to: "", text: "" };

test("pages go before what is there, and what happens meanwhile goes on top, each event once", () => {
  const first = addPage(NOTHING_READ, range(11, 20), 11, 10);
  const live = addNew(first, [event(20), event(22), event(21)]);
  const both = addPage(live, range(1, 11), null, 11);
  expect(both.events.map(({ seq }) => seq)).toEqual(Array.from({ length: 22 }, (_, n) => 22 - n));
  expect(both).toMatchObject({ before: null, looked: 21 });
});

test("a tail that is followed for long forgets its far end and can read it again", () => {
  const long = addPage(NOTHING_READ, range(1, KEPT_MAX), null, KEPT_MAX);
  const grown = addNew(long, range(KEPT_MAX + 1, KEPT_MAX + 5));
  expect(grown.events).toHaveLength(KEPT_MAX);
  expect(grown.before).toBe(6);
});

test("an event that has just come is shown where the server would give it", () => {
  const turn = event(5, {
    kind: "turn.finished",
    actor: "session",
    subject: "s-1",
    data: { agent: "field", session: "s-1" },
  });
  expect(matches(turn, { ...ALL, kind: "turn.*", agent: "field", session: "s-1" })).toBe(true);
  expect(matches(turn, { ...ALL, kind: "turn.started" })).toBe(false);
  expect(matches(turn, { ...ALL, agent: "atlas" })).toBe(false);
  expect(matches(turn, { ...ALL, from: new Date(5001).toISOString() })).toBe(false);
  expect(matches(turn, { ...ALL, to: new Date(5000).toISOString() })).toBe(false);
  const call = event(6, { kind: "capability.called" });
  expect(matches(call, { ...ALL, agent: "field" })).toBe(false);
  expect(matches(call, { ...ALL, agent: "field", kind: "capability.called" })).toBe(true);
});

test("words are sought in what an event says and in its data", () => {
  const failed = event(7, { kind: "tool.replied", data: { ok: false, code: "not_found" } });
  expect(matches(failed, { ...ALL, text: "tool FAILED not found" })).toBe(true);
  expect(matches(failed, { ...ALL, text: "gateway" })).toBe(false);
});

test("a look of the panel is told from an act, and a look that failed is shown", () => {
  const look = event(8, {
    kind: "capability.called",
    actor: "owner",
    subject: "memory.list",
    data: { ok: true },
  });
  expect(isReading(look)).toBe(true);
  expect(isReading({ ...look, data: { ok: false, code: "not_found" } })).toBe(false);
  expect(isReading({ ...look, data: { ok: false, code: "cancelled" } })).toBe(true);
  expect(isReading({ ...look, subject: "memory.forget" })).toBe(false);
});

test("all that only reads is a look, but for what somebody presses a button for", () => {
  const pressed = ["agent.export", "journal.verify", "pack.inspect"];
  const alsoChange = ["agent.config", "model.detect"];
  const looks = [...CAPABILITIES.values()].filter(({ name }) =>
    isReading(event(9, { kind: "capability.called", actor: "owner", subject: name, data: { ok: true } })),
  );
  for (const { name, tier, effect } of CAPABILITIES.values())
    if (tier === "owner" && effect === "read" && !pressed.includes(name))
      expect(looks.map((one) => one.name)).toContain(name);
  for (const { name, effect } of looks)
    if (!alsoChange.includes(name)) expect(["read", "none"], name).toContain(effect);
});
