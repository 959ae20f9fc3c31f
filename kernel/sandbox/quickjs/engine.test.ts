import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ENGINE_EXPORTS } from "./abi.ts";
import { reduceExports } from "./engine.ts";

test("the reduced engine is valid and exports exactly what is used", () => {
  const original = readFileSync(fileURLToPath(import.meta.resolve("quickjs-wasi/quickjs.wasm")));
  const module = new WebAssembly.Module(reduceExports(original));
  expect(
    WebAssembly.Module.exports(module)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...ENGINE_EXPORTS].sort());
  expect(WebAssembly.Module.imports(module)).toEqual(
    WebAssembly.Module.imports(new WebAssembly.Module(original)),
  );
});
