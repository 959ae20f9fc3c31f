import { describe, expect, test } from "vitest";
import { readPath } from "./path.ts";

const readOf = (path: string, platform: NodeJS.Platform) => {
  try {
    const read = readPath(path, platform);
    return `${read.area} ${read.area === "machine" ? read.base : ""}${read.segments.join("/")}`;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("a written path", () => {
  test.each([
    ["", "workspace "],
    [".", "workspace "],
    ["a//b/./c/", "workspace a/b/c"],
    ["a/../b", "workspace b"],
    ["/workspace", "workspace "],
    ["/workspace/a", "workspace a"],
    ["//workspace/a", "workspace a"],
    ["/workspacea", "machine /workspacea"],
    ["/shared/a", "shared a"],
    ["/etc/../shared/a", "shared a"],
    ["/etc/passwd", "machine /etc/passwd"],
    ["/..", "machine /"],
    ["C:\\x", "workspace C:\\x"],
    ["..", "denied"],
    ["a/../..", "denied"],
    ["/workspace/..", "denied"],
    ["/shared/../x", "denied"],
  ])("on Linux %j is %s", (path, expected) => {
    expect(readOf(path, "linux")).toBe(expected);
  });

  test.each([
    ["a\\b", "workspace a/b"],
    ["/workspace/a", "workspace a"],
    ["c:\\Users\\x", "machine C:\\Users/x"],
    ["C:/Users/../x", "machine C:\\x"],
    ["..\\x", "denied"],
    ["a\\..\\..\\x", "denied"],
    ["\\\\server\\share", "denied"],
    ["\\\\?\\C:\\x", "denied"],
    ["\\\\.\\pipe\\x", "denied"],
    ["\\x", "denied"],
    ["/etc/passwd", "denied"],
    ["C:x", "invalid_input"],
    ["a:stream", "invalid_input"],
    ["CON", "invalid_input"],
    ["a/nul.txt", "invalid_input"],
    ["com1.log", "invalid_input"],
    ["a./b", "invalid_input"],
    ["a /b", "invalid_input"],
  ])("on Windows %j is %s", (path, expected) => {
    expect(readOf(path, "win32")).toBe(expected);
  });
});
