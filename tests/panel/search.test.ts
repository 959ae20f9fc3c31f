import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type System, startSystem } from "../support/system.ts";
import { axeProblems, HAS_BROWSER, openWindow, overflow, settle, signIn } from "./browser.ts";
import { furnish, type Household } from "./household.ts";

/** More than a page of a conversation is read at once. */
const TURNS = 50;

let system: System;
let household: Household;
beforeAll(async () => {
  if (!HAS_BROWSER) return;
  system = await startSystem();
  household = await furnish(system);
  await household.say("The zeppelin lands at the greenhouse on Monday.", "long");
  for (let n = 0; n < TURNS; n++) await household.say(`An everyday matter, number ${n}.`, "long");
}, 240_000);
afterAll(async () => {
  await household?.close();
  await system?.end();
});

describe.runIf(HAS_BROWSER)("what was said", () => {
  test.each([
    { width: 1280, height: 800, scheme: "light" },
    { width: 380, height: 780, scheme: "dark" },
  ] as const)("is found beside the conversations at $width, and its place comes into sight", async (view) => {
    const window = await openWindow(system, view);
    await signIn(system, window);
    const { page, problems } = window;
    await page.goto(`${system.url}/chat/field/tomatoes`);
    const narrow = view.width < 1000;
    if (narrow) await page.getByRole("button", { name: "Show the conversations" }).click();
    await page.getByRole("searchbox", { name: "Search conversations" }).fill("zeppelin monday");
    const place = page.getByRole("link", { name: /You:.*zeppelin lands/ });
    await place.waitFor();
    await settle(page);
    expect(await axeProblems(page)).toEqual([]);
    await place.click();
    await page.waitForURL(/\/chat\/field\/long\?at=1$/);
    await expect
      .poll(() => page.locator("[data-sought]").filter({ hasText: "zeppelin" }).isVisible(), {
        timeout: 20_000,
      })
      .toBe(true);
    await settle(page);
    const inSight = await page.locator("[data-sought]").evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return bottom > 0 && top < (element.ownerDocument.defaultView?.innerHeight ?? 0);
    });
    expect(inSight).toBe(true);
    expect(await overflow(page)).toBe(0);
    expect(problems).toEqual([]);
  });

  test("is found from the palette", async () => {
    const window = await openWindow(system);
    await signIn(system, window);
    const { page } = window;
    await page.goto(`${system.url}/journal`);
    await page.getByRole("heading", { name: "Journal" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Go to or do" }).fill("zeppelin");
    const option = page.getByRole("option", { name: /zeppelin lands.*Said/ });
    await option.waitFor();
    await option.click();
    await page.waitForURL(/\/chat\/field\/long\?at=1$/);
  });
});

describe.runIf(HAS_BROWSER)("in the panel", () => {
  test("a conversation says what it waits for, until it has it", async () => {
    const window = await openWindow(system);
    await signIn(system, window);
    const { page } = window;
    await page.goto(`${system.url}/chat/field/tomatoes`);
    const row = (title: string) => page.getByRole("listitem").filter({ hasText: title });
    await row("Frost this week?").getByText("Waits for your approval").waitFor({ state: "attached" });
    await row("The dinner on 3 December").getByText("Waits for your answer").waitFor({ state: "attached" });
    const { approvals } = await system.result<{ approvals: { id: string }[] }>("approval.list");
    await system.result("approval.refuse", { id: approvals[0]?.id ?? "" });
    await row("Frost this week?").getByText("Waits for your approval").waitFor({ state: "detached" });
  });

  test("words are sought in the whole journal, and agents stand there by their names", async () => {
    const window = await openWindow(system);
    await signIn(system, window);
    const { page } = window;
    await page.goto(`${system.url}/journal`);
    await page.getByRole("searchbox", { name: "Search in what happened" }).fill("module.noticed ledger");
    await page.getByText("A new folder is there: Ledger").waitFor();
    await page.getByText("There is nothing earlier.").waitFor();
    await page
      .getByRole("searchbox", { name: "Search in what happened" })
      .fill("module.noticed nowhere-to-be-found");
    await page.getByText("Nothing like that has happened").waitFor();
  });

  test("an approval is asked by name", async () => {
    const window = await openWindow(system);
    await signIn(system, window);
    const { page } = window;
    await page.goto(`${system.url}/approvals`);
    await page.getByRole("heading", { name: "Field asks" }).waitFor();
    await page.goto(`${system.url}/approvals/past`);
    expect(
      await page
        .getByText(/Field wants to/)
        .first()
        .textContent(),
    ).toMatch(/^Field wants to/);
  });
});
