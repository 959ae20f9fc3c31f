import fc from "fast-check";
import { expect, test } from "vitest";
import { FieldworkError } from "#contract";
import { guessSeparator, rowsOf, textOfRows } from "./rows.ts";

test("quotes, doubled quotes, line breaks and empty fields", () => {
  expect(rowsOf('a,"b ""c""\nd",\r\n,,x\n', ",")).toEqual([
    ["a", 'b "c"\nd', ""],
    ["", "", "x"],
  ]);
});

test("a byte order mark and a missing last line break", () => {
  expect(rowsOf("\uFEFFa;b\n1;2", ";")).toEqual([
    ["a", "b"],
    ["1", "2"],
  ]);
  expect(guessSeparator("a;b;c,d\n")).toBe(";");
});

test("an open quote is refused", () => {
  expect(() => rowsOf('a,"b', ",")).toThrow(FieldworkError);
});

test("what is written is read back", () => {
  const field = fc.string({ unit: fc.constantFrom("a", '"', ",", ";", "\n", "\r", " ", "ü"), maxLength: 6 });
  const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
  fc.assert(
    fc.property(rows, fc.constantFrom(",", ";", "\t", "||"), (table, separator) => {
      expect(rowsOf(textOfRows(table, separator), separator)).toEqual(table);
    }),
  );
});
