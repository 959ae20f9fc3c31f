import fc from "fast-check";
import { expect, test } from "vitest";
import { createEventReader } from "./events.ts";

function read(...chunks: readonly Uint8Array[]): [string, string][] {
  const events: [string, string][] = [];
  const reader = createEventReader((name, data) => void events.push([name, data]));
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return events;
}
const bytes = (text: string) => Buffer.from(text);

test("events, comments, names and lines of data are told apart", () => {
  const text = ": hello\n\nevent: a\ndata: 1\ndata:2\nid: 7\n\ndata\n\nretry: 5\n\ndata:  x\n\n";
  expect(read(bytes(text))).toEqual([
    ["a", "1\n2"],
    ["", ""],
    ["", " x"],
  ]);
});

test("a byte order mark is skipped, and a last event without its empty line counts", () => {
  expect(read(bytes("\uFEFFdata: 1\n\ndata: 2"))).toEqual([
    ["", "1"],
    ["", "2"],
  ]);
});

test("an event without end is refused, not gathered", () => {
  const reader = createEventReader(() => {});
  const piece = bytes("x".repeat(1024 * 1024));
  expect(() => {
    for (let i = 0; i < 10; i++) reader.push(piece);
  }).toThrow("more than");
});

test("wherever the bytes are cut and however lines end, the events are the same", () => {
  const event = fc.record({
    name: fc.constantFrom("", "ping", "message"),
    data: fc
      .string({ unit: "grapheme", maxLength: 30 })
      .map((text) => text.replaceAll(/[\r\n\uFEFF]/g, "").replace(/^ +/, "")),
  });
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 12 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.array(fc.nat(400), { maxLength: 40 }),
      (events, newline, cuts) => {
        const all = bytes(
          events
            .map(
              ({ name, data }) =>
                `${name ? `event: ${name}${newline}` : ""}data: ${data}${newline}${newline}`,
            )
            .join(""),
        );
        const at = [...new Set([0, ...cuts.filter((cut) => cut < all.length), all.length])].sort(
          (a, b) => a - b,
        );
        const chunks = at.slice(1).map((end, i) => all.subarray(at[i], end));
        expect(read(...chunks)).toEqual(events.map(({ name, data }) => [name, data.toWellFormed()]));
      },
    ),
    { numRuns: 500 },
  );
});
