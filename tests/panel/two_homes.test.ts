import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { type System, startSystem } from "../support/system.ts";
import { HAS_BROWSER, OWNER, openWindow } from "./browser.ts";

async function started(): Promise<System> {
  const system = await startSystem();
  onTestFinished(() => system.end());
  await system.result("system.setup", { owner: OWNER.name, password: OWNER.password });
  return system;
}
const signIn = async (page: Page, { url }: System) => {
  await page.goto(`${url}/health`);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Health", level: 1 }).waitFor();
};
const isSignedIn = async (page: Page, { url }: System): Promise<boolean> => {
  await page.goto(`${url}/health`);
  const inside = page.getByRole("heading", { name: "Health", level: 1 });
  await inside.or(page.getByRole("heading", { name: "Sign in", level: 1 })).waitFor();
  return (await inside.count()) === 1;
};

test.skipIf(!HAS_BROWSER)("two homes on one host do not sign each other out", async () => {
  const [one, other] = [await started(), await started()];
  const { page, context } = await openWindow(one);
  await signIn(page, one);
  await signIn(page, other);
  expect(await isSignedIn(page, one)).toBe(true);
  // The browser sends both their cookies to both of them: it knows hosts, not ports.
  const names = (await context.cookies()).map(({ name }) => name.replace(/_[0-9a-f]{12}$/, "")).sort();
  expect(names).toEqual(["fw_device", "fw_device", "fw_session", "fw_session"]);
  await page.request.post(`${other.url}/api/account/logout`, { headers: { origin: other.url }, data: {} });
  expect(await isSignedIn(page, other)).toBe(false);
  expect(await isSignedIn(page, one)).toBe(true);
});
