import { hash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { hashCore } from "./seal.ts";

test("the core is every file of contract and kernel that runs, by its whole content", async () => {
  const root = mkdtempSync(join(tmpdir(), "fw-seal-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const core: Record<string, string> = {
    "contract/empty.ts": "",
    "kernel/exact.ts": "e".repeat(65_536),
    "kernel/deep/below/large.wasm": "0123456789".repeat(50_000),
  };
  for (let n = 0; n < 40; n++) core[`kernel/many/${n}.ts`] = `export const n = ${n};`.repeat(n * 97);
  const others = ["kernel/some.test.ts", "kernel/fixtures/guest.ts", "modules/store.ts"];
  for (const [path, content] of [...Object.entries(core), ...others.map((path) => [path, "x"] as const)]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const expected = Object.fromEntries(
    Object.entries(core).map(([path, text]) => [path, hash("sha256", text)]),
  );
  expect(await hashCore(root)).toEqual(expected);
});
