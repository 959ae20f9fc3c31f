import fc from "fast-check";
import { expect, test } from "vitest";
import { createRecentEvents } from "./recent.ts";
import type { WrittenRow } from "./table.ts";

const row = (seq: number, dataText = "{}"): WrittenRow => ({
  seq,
  at: seq,
  trace: `t${seq % 3}`,
  span: "s",
  parent: null,
  actor: `a${seq % 2}`,
  kind: seq % 5 === 0 ? "turn.started" : "turning.point",
  subject: null,
  dataText,
  prev: "",
  hash: "",
});
const rows = (from: number, count: number) => Array.from({ length: count }, (_, n) => row(from + n));
const seqs = (events: readonly { seq: number }[] | undefined) => events?.map(({ seq }) => seq);

test("whatever is held is given from its place on, in order, and what is not held is not guessed", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 12 }),
      fc.nat(3000),
      fc.integer({ min: 1, max: 50 }),
      (batches, after, limit) => {
        const recent = createRecentEvents();
        let last = 0;
        for (const count of batches) {
          recent.add(rows(last + 1, count));
          last += count;
        }
        const found = recent.read(after, limit, {});
        if (found === undefined) return;
        const expected = Array.from(
          { length: Math.max(0, Math.min(limit, last - after)) },
          (_, n) => after + 1 + n,
        );
        expect(seqs(found)).toEqual(expected);
      },
    ),
  );
});

test("the newest are held, the oldest let go of, by number and by size", () => {
  const recent = createRecentEvents();
  expect(recent.read(0, 10, {})).toBeUndefined();
  recent.add(rows(1, 1000));
  expect(seqs(recent.read(0, 2, {}))).toEqual([1, 2]);
  recent.add(rows(1001, 1000));
  expect(recent.read(0, 2, {})).toBeUndefined();
  expect(seqs(recent.read(1998, 10, {}))).toEqual([1999, 2000]);
  recent.add([row(2001, JSON.stringify({ text: "x".repeat(5_000_000) }))]);
  expect(recent.read(2000, 10, {})).toBeUndefined();
});

test("filters say of trace, actor, kind and family what the database says", () => {
  const recent = createRecentEvents();
  recent.add(rows(1, 30));
  expect(seqs(recent.read(0, 99, { trace: "t0", actor: "a0" }))).toEqual([6, 12, 18, 24, 30]);
  expect(seqs(recent.read(0, 2, { kind: "turn.started" }))).toEqual([5, 10]);
  expect(seqs(recent.read(10, 99, { kind: "turn.*" }))).toEqual([15, 20, 25, 30]);
});
