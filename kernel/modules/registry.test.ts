import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { Logger } from "#contract";
import { writeModule } from "../../tests/support/system.ts";
import { createKernel } from "../kernel.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const none = () => {};
const silent: Logger = { debug: none, info: none, warn: none, error: none };

test("a module cannot be seen before its folder has been read", async () => {
  const home = mkdtempSync(join(tmpdir(), "fw-registry-"));
  const kernel = await createKernel({
    home,
    root: ROOT,
    modules: [],
    logger: () => silent,
  });
  onTestFinished(async () => {
    await kernel.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  const show = () => kernel.call({ id: "owner", tier: "owner" }, "agent.show", { id: "newcomer" });

  writeModule(home, "newcomer", { "agent.ts": "export default {};" }, { display_name: "Newcomer" });
  let reply = await show();
  for (; !reply.ok; reply = await show()) await new Promise((resolve) => setImmediate(resolve));
  expect(reply.result).toMatchObject({ kind: "agent", display_name: "Newcomer", state: "new" });
});
