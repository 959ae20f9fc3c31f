import { expect, test } from "vitest";
import { spansOf, type TracedEvent } from "./trace.ts";

const AT = Date.UTC(2026, 0, 1);
let seq = 0;
const event = (
  span: string,
  parent: string | null,
  kind: string,
  at: number,
  data: TracedEvent["data"] = {},
): TracedEvent => ({ seq: ++seq, at: AT + at, span, parent, actor: "field", kind, subject: span, data });
const drawn = (events: readonly TracedEvent[]) =>
  spansOf(events).map(({ span, depth, ms }) => `${"  ".repeat(depth)}${span} ${ms}`);

test("a turn is a tree of its calls, each with the time it took, in the order in which they began", () => {
  const events = [
    event("turn", null, "turn.started", 0),
    event("recall", "turn", "capability.called", 30, { ok: true, ms: 20 }),
    event("model", "turn", "capability.called", 90, { ok: true, ms: 55 }),
    event("inner", "model", "capability.called", 60, { ok: false, code: "timeout", ms: 10 }),
    event("turn", null, "turn.finished", 100),
  ];
  expect(drawn(events)).toEqual(["turn 100", "  recall 20", "  model 55", "    inner 10"]);
  expect(spansOf(events)[3]).toMatchObject({ ok: false, code: "timeout", parent: "model" });
});

test("what was begun outside of what is left of the trace stands at the top", () => {
  expect(drawn([event("a", "gone", "capability.called", 5, { ms: 5 })])).toEqual(["a 5"]);
});

test("spans that name each other as parents are all there, once", () => {
  const circle = [event("a", "b", "x.y", 0), event("b", "a", "x.y", 1), event("c", "c", "x.y", 2)];
  expect(
    spansOf(circle)
      .map(({ span }) => span)
      .sort(),
  ).toEqual(["a", "b", "c"]);
});
