import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { type System, startSystem } from "../support/system.ts";
import { axeProblems, HAS_BROWSER, OWNER, openWindow, overflow, signIn } from "./browser.ts";

/** As if every session had been begun an hour ago. */
function age(system: System): void {
  using db = new DatabaseSync(join(system.home, "identity.db"), { timeout: 5000 });
  db.exec("UPDATE sessions SET made_at = made_at - 3600000");
}

async function started(): Promise<System> {
  const system = await startSystem();
  onTestFinished(() => system.end());
  return system;
}

test.skipIf(!HAS_BROWSER).each([
  { width: 380, height: 780, scheme: "dark" as const },
  { width: 1280, height: 800, scheme: "light" as const },
])("a token is made in one go when it is confirmed in place, at $width px", async (view) => {
  const system = await started();
  const window = await openWindow(system, view);
  await signIn(system, window);
  age(system);
  const { page, problems } = window;
  await page.goto(`${system.url}/settings/tokens`);
  await page.getByRole("textbox", { name: "Name" }).fill("dashboard");
  await page.getByRole("button", { name: "Make a token" }).click();
  const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
  await dialog.waitFor();
  expect(await axeProblems(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Confirm it with the password or a passkey").waitFor();

  await page.getByRole("button", { name: "Make a token" }).click();
  await dialog.waitFor();
  // Who opens it writes at once.
  await page.keyboard.type("not the password");
  await page.keyboard.press("Enter");
  await dialog.getByText("That is not the password.").waitFor();
  await page.getByLabel("Password").fill(OWNER.password);
  await page.keyboard.press("Enter");
  await page.getByText(/fwt_/).waitFor();
  expect(await dialog.count()).toBe(0);
  expect((await system.result<{ tokens: unknown[] }>("account.token.list")).tokens).toHaveLength(1);

  // For ten minutes nobody asks again.
  await page.getByRole("textbox", { name: "Name" }).fill("another");
  await page.getByRole("button", { name: "Make a token" }).click();
  await page.getByRole("listitem").filter({ hasText: "another" }).waitFor();
  expect(problems).toEqual([]);
});

test.skipIf(!HAS_BROWSER)("a passkey confirms as well, also before a download", async () => {
  const system = await started();
  await system.result("system.setup", { owner: OWNER.name, password: OWNER.password });
  await system.result("system.backup");
  const { page } = await openWindow(system);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const url = system.url.replace("127.0.0.1", "localhost");
  await page.goto(`${url}/settings/account`);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("never used").waitFor();
  age(system);

  await page.goto(`${url}/settings/backup`);
  await page.getByRole("main").getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Download" }).click();
  const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
  const download = page.waitForEvent("download", { timeout: 60_000 });
  await dialog.getByRole("button", { name: "Confirm with a passkey" }).click();
  expect((await download).suggestedFilename()).toMatch(/^fieldwork-backup-.*\.tar$/);
  expect(await dialog.count()).toBe(0);
});
