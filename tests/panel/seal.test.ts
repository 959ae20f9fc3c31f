import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Health } from "../../contract/index.ts";
import { copyProgram } from "../support/program.ts";
import { startSystem, until } from "../support/system.ts";
import { HAS_BROWSER, OWNER, openWindow, signIn } from "./browser.ts";

const WAIT = { timeout: 60_000 };

describe.skipIf(!HAS_BROWSER)("a core that was changed", () => {
  test("is shown on the Health page file by file, and sealed there with the owner's password", {
    timeout: 180_000,
  }, async () => {
    const root = copyProgram();
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const system = await startSystem({ root });
    onTestFinished(() => system.end());
    const state = async () => (await system.result<Health>("system.health")).state;
    const window = await openWindow(system);
    await signIn(system, window);
    appendFileSync(join(root, "kernel", "metrics", "metrics.ts"), "\n");
    await until("safe mode", async () => (await state()) === "safe_mode", WAIT.timeout);

    const { page, problems } = window;
    await page.goto(`${system.url}/health`);
    await page.getByRole("heading", { name: "Safe mode" }).waitFor(WAIT);
    await page.getByText("kernel/metrics/metrics.ts was changed").waitFor(WAIT);
    const password = page.getByLabel("Your password");
    const seal = page.getByRole("button", { name: "Seal the core as it is now" });
    await password.fill("not the password");
    await seal.click();
    await page.getByText("That is not the owner's password.").waitFor(WAIT);
    expect(await state()).toBe("safe_mode");
    await password.fill(OWNER.password);
    await seal.click();
    await page.getByRole("heading", { name: "Safe mode" }).waitFor({ state: "detached", ...WAIT });
    expect(await state()).not.toBe("safe_mode");
    expect(problems).toEqual([]);
  });
});
