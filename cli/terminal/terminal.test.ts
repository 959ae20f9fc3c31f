import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bold, jsonText, neutral, padTo, render, table, widthOf } from "./index.ts";

describe("text of guests", () => {
  test.each([
    ["colour", "\x1b[31mred\x1b[0m", "red"],
    ["cursor", "\x1b[2J\x1b[Hgone", "gone"],
    ["window title", "\x1b]0;root@host\x07ls", "ls"],
    ["clipboard", "a\x1b]52;c;cm0gLXJm\x1b\\b", "ab"],
    ["device control", "\x1bP+q544e\x1b\\x", "x"],
    ["8-bit introducers", "\x9b31mred\x9d0;t\x9c!", "red!"],
    ["unfinished sequence", "safe\x1b]8;;http://evil", "safe"],
    ["carriage return that overwrites", "rm -rf /\rls", "rm -rf /ls"],
    ["bell and backspace", "a\x07b\x08c", "abc"],
    ["direction override", "user\u202etxt.exe", "usertxt.exe"],
  ])("loses its %s", (_, text, expected) => expect(neutral(text)).toBe(expected));

  test("never brings a control character to the terminal, however it is made", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\x1b", "\x1b[", "\x1b]", "\x9b", "\x9d", "\x07", "\x1b\\", "31m", ";"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        expect(render([pieces.join("")], true)).not.toMatch(
          /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
    );
  });

  test("cannot break out of its line", () => {
    expect(render([["name ", "a\nb"], "c"], false)).toBe("name a b\nc\n");
  });

  test("as JSON is the same value and holds no control character", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (value, text) => {
        const whole = { value, text, evil: "\x9b31m\u202e\x7f" };
        expect(jsonText(whole)).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e]/);
        expect(JSON.stringify(JSON.parse(jsonText(whole)))).toBe(JSON.stringify(whole));
      }),
    );
  });
});

test("colours appear only where they are wanted", () => {
  expect(render([bold("x")], false)).toBe("x\n");
  expect(render([bold("x")], true)).toBe("\x1b[1mx\x1b[22m\n");
});

describe("widths", () => {
  test.each([
    ["abc", 3],
    ["日本", 4],
    ["e\u0301", 1],
    ["👩‍👩‍👧", 2],
    ["한글", 4],
    ["é…", 2],
    ["\u200b", 0],
  ])("of %j is %i columns", (text, width) => expect(widthOf(text)).toBe(width));

  test("are padded by columns, not by characters", () => expect(padTo("日本", 6)).toBe("日本  "));
});

describe("a table", () => {
  const rows = [
    ["notes", "日本語のメモ", "ready"],
    ["a-very-long-identifier-of-32-char", "x".repeat(200), "broken"],
  ];

  test.each([40, 60, 80, 120])("fits into %i columns", (width) => {
    for (const line of render(table(["ID", "NAME", "STATE"], rows, width), false)
      .trimEnd()
      .split("\n"))
      expect(widthOf(line)).toBeLessThanOrEqual(width);
  });

  test("shows everything where the output is no terminal, and no blanks at line ends", () => {
    const text = render(
      table(["ID", "NAME", "STATE"], [...rows, ["b", "", ""]], Number.POSITIVE_INFINITY),
      false,
    );
    expect(text).toContain("x".repeat(200));
    expect(text).not.toMatch(/ \n/);
  });
});
