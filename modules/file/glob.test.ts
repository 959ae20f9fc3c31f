import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileGlob } from "./glob.ts";

function matches(pattern: string, path: string): boolean {
  const glob = compileGlob(pattern);
  return glob.accepts(path.split("/").reduce(glob.step, glob.start));
}

describe("a glob", () => {
  test.each([
    ["**", "a/b/c", true],
    ["*.ts", "a/b/c.ts", true],
    ["/*.ts", "a/c.ts", false],
    ["/*.ts", "c.ts", true],
    ["a/*/c", "a/b/c", true],
    ["a/*/c", "a/b/b/c", false],
    ["a/**/c", "a/c", true],
    ["a/**/c", "a/b/b/c", true],
    ["**/b/**", "a/b/c/d", true],
    ["a?c", "abc", true],
    ["a?c", "a😀c", true],
    ["a?c", "ac", false],
    ["[a-c]x", "bx", true],
    ["[!a-c]x", "bx", false],
    ["[]]x", "]x", true],
    ["{a,b{1,2}}.ts", "b2.ts", true],
    ["{a,b{1,2}}.ts", "b3.ts", false],
    ["{src,lib}/**/*.ts", "lib/x/y.ts", true],
    ["\\*.ts", "*.ts", true],
    ["\\*.ts", "a.ts", false],
    ["*", ".hidden", true],
    ["a.c", "abc", false],
  ])("%s and %s: %s", (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected);
  });

  test("never takes long, whatever pattern and name", () => {
    const started = performance.now();
    expect(matches(`${"*a".repeat(250)}b`, "a".repeat(255))).toBe(false);
    expect(matches(`${"**/".repeat(160)}b`, Array(200).fill("a").join("/"))).toBe(false);
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  test("refuses what is not closed or stands for too much", () => {
    for (const pattern of ["{a", "[a", "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"])
      expect(() => compileGlob(pattern)).toThrow("glob is not valid");
  });

  test("agrees with a plain regular expression on stars", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "*"), minLength: 1, maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(text, name, (pattern, path) => {
        if (pattern === "**") return;
        const expected = new RegExp(`^${pattern.replace(/\*+/g, ".*")}$`).test(path);
        expect(matches(pattern, path)).toBe(expected);
      }),
    );
  });
});
