import { expect, onTestFinished, test } from "vitest";
import { startSystem, until } from "../support/system.ts";
import { axeProblems, HAS_BROWSER, OWNER, openWindow, signIn } from "./browser.ts";
import { freePort } from "./cuttable.ts";

test.skipIf(!HAS_BROWSER)("a backup is made and put back by pressing its buttons", async () => {
  const system = await startSystem({ env: { FIELDWORK_PORT: String(await freePort()) } });
  onTestFinished(() => system.end());
  const window = await openWindow(system);
  await signIn(system, window);
  const { page } = window;
  const go = async (section: string) => {
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: section }).click();
    await page.getByRole("heading", { name: section, level: 2 }).waitFor();
  };
  const keep = async (name: string) => {
    await go("Secrets");
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Value").fill("a value");
    await page.getByRole("button", { name: "Keep it" }).click();
    await page.getByRole("listitem").filter({ hasText: name }).waitFor();
  };
  const instance = async () =>
    ((await (await fetch(`${system.url}/healthz`)).json()) as { instance: string }).instance;

  await page.goto(`${system.url}/settings/secrets`);
  await keep("before-the-backup");
  await go("Backup");
  await page.getByRole("button", { name: "Make a backup now" }).click();
  const restore = page.getByRole("main").getByRole("button", { name: "Restore", exact: true });
  await restore.waitFor({ timeout: 60_000 });
  await keep("after-the-backup");

  await go("Backup");
  const first = await instance();
  await restore.click();
  const dialog = page.getByRole("dialog", { name: "Restore" });
  await dialog.getByText(/with the password of that day/).waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Restore", exact: true }).click();
  await until(
    "the server is another one",
    async () => (await instance().catch(() => first)) !== first,
    180_000,
  );

  // Whoever was signed in signs in anew, and finds what there was.
  await page.getByRole("heading", { name: "Sign in", level: 1 }).waitFor({ timeout: 60_000 });
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await go("Secrets");
  await page.getByRole("listitem").filter({ hasText: "before-the-backup" }).waitFor();
  expect(await page.getByRole("listitem").filter({ hasText: "after-the-backup" }).count()).toBe(0);
});
