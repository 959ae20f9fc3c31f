import { expect, test } from "vitest";
import { compareVersions } from "./versions.ts";

test("versions have the order of SemVer's own example, and of numbers of any length", () => {
  const rising = [
    "0.9.10",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "1.0.0",
    "1.2.0",
    "1.10.0",
    "2.0.0-9007199254740993",
    "2.0.0-9007199254740994",
    `${"9".repeat(80)}.0.0`,
    `1${"0".repeat(80)}.0.0`,
  ];
  for (const [a, left] of rising.entries())
    for (const [b, right] of rising.entries())
      expect([left, right, Math.sign(compareVersions(left, right))]).toEqual([left, right, Math.sign(a - b)]);
  expect(compareVersions("1.0.0+a", "1.0.0+b")).toBe(0);
});
