import fc from "fast-check";
import { expect, test } from "vitest";
import * as sdk from "../sdk/ts/turn/function-name.ts";
import { toolFunctionName, toolNameOf } from "./tool.ts";

const toolName = fc.stringMatching(/^[a-z]{1,6}(\.[a-z][a-z_]{0,8}){1,3}$/);

test("every tool's name has a function's name without dots, and is found again from it", () => {
  fc.assert(
    fc.property(toolName, (name) => {
      const functionName = toolFunctionName(name);
      expect(functionName).toMatch(/^[a-zA-Z0-9_-]+$/);
      expect(toolNameOf(functionName)).toBe(name);
      expect(toolNameOf(name)).toBe(name);
      expect(sdk.toolFunctionName(name)).toBe(functionName);
      expect(sdk.toolNameOf(functionName)).toBe(name);
    }),
  );
});

test.each([
  ["fs.read", "fs_read"],
  ["fs.read_lines", "fs_read__lines"],
])("%s is %s", (name, functionName) => {
  expect(toolFunctionName(name)).toBe(functionName);
});
