import fc from "fast-check";
import { expect, test } from "vitest";
import { createComposer } from "./index.ts";

test.each([
  [["one"], ["one"]],
  [
    ["one\\", "two"],
    [undefined, "one\ntwo"],
  ],
  [
    ['"""one', "two", 'three"""'],
    [undefined, undefined, "one\ntwo\nthree"],
  ],
  [
    ['"""', "a\\", '"""'],
    [undefined, undefined, "a\\"],
  ],
  [['"""one line"""'], ["one line"]],
  [
    ["\\", ""],
    [undefined, "\n"],
  ],
  [['say """ here'], ['say """ here']],
  [
    ["one\\", '"""two'],
    [undefined, 'one\n"""two'],
  ],
])("%j becomes %j", (lines, texts) => {
  const composer = createComposer();
  expect(lines.map((line) => composer.add(line))).toEqual(texts);
  expect(composer.begun).toBe(false);
});

test("what was begun can be dropped", () => {
  const composer = createComposer();
  composer.add('"""one');
  expect(composer.begun).toBe(true);
  composer.reset();
  expect(composer.add("two")).toBe("two");
});

test("lines without marks come out as they are, whatever they hold", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (line) => {
      fc.pre(!line.endsWith("\\") && !line.includes('"""'));
      expect(createComposer().add(line)).toBe(line);
    }),
  );
});
