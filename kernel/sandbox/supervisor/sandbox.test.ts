import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import wabt from "wabt";
import { createSandbox } from "./sandbox.ts";

const LIMITS = {
  memoryBytes: 1024 * 1024,
  timeoutMs: 60_000,
  fuel: 1_000_000,
  calls: 10,
  outputBytes: 1024,
  logBytes: 1024,
};

test("a call whose program is dropped just before it comes is sent again", async () => {
  const cache = mkdtempSync(join(tmpdir(), "fw-sandbox-"));
  const sandbox = createSandbox({ cache, processes: 1, memoryMb: 64 });
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(cache, { recursive: true, force: true });
  });
  const { parseWat } = await wabt();
  const { buffer } = parseWat(
    "idle.wat",
    '(module (memory (export "memory") 1) (func (export "_start")))',
  ).toBinary({});
  const program = await sandbox.wasm(async () => new Uint8Array(buffer), LIMITS.memoryBytes);
  const head = { module: "idle", function: "f", args: "{}", env: {}, limits: LIMITS, preopens: [] };
  const port = { onCall: async () => new Uint8Array(), onLog: () => {} };
  const call = () => sandbox.invoke(program, head, port).ended;
  const replied = { head: { outcome: { state: "replied" } } };
  await expect(call()).resolves.toMatchObject(replied);
  // One of these moments lies between the look for the program and the call of it.
  for (let moments = 0; moments < 12; moments++) {
    const called = call();
    for (let n = 0; n < moments; n++) await Promise.resolve();
    sandbox.unload(program.key);
    await expect(called).resolves.toMatchObject(replied);
  }
});
