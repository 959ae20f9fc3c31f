import { Text } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { marksIn, type Problem } from "./marks.ts";

const problem = (more: Partial<Problem>): Problem => ({
  message: "no",
  remedy: null,
  file: "agent.ts",
  line: null,
  column: null,
  excerpt: null,
  ...more,
});
const doc = Text.of(["const a = 1;", "  retrun a;", ""]);
const at = (more: Partial<Problem>) => {
  const [mark] = marksIn(doc, "agent.ts", [problem(more)]);
  return mark && doc.sliceString(mark.from, mark.to);
};

describe("the marks of problems", () => {
  it("cover the word at the place", () => {
    expect(at({ line: 2, column: 3 })).toBe("retrun");
    expect(at({ line: 1, column: 9 })).toBe("=");
  });
  it("cover the line where no column is known", () => {
    expect(at({ line: 2 })).toBe("  retrun a;");
    expect(at({})).toBe("const a = 1;");
  });
  it("stay inside a text that has become shorter", () => {
    expect(at({ line: 99, column: 99 })).toBe("");
    expect(at({ line: 0, column: 0 })).toBe("const");
  });
  it("are those of this file", () => {
    expect(marksIn(doc, "other.ts", [problem({ line: 1 })])).toEqual([]);
  });
});
