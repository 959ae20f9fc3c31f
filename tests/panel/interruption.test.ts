import type { Page } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import { freshHome, type System, startSystem } from "../support/system.ts";
import { HAS_BROWSER, openWindow, signIn } from "./browser.ts";
import { freePort, layCable } from "./cuttable.ts";
import { furnish } from "./household.ts";

const LAST = "fifteen.";
const ALL = /One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen\./;

async function begin(env: Readonly<Record<string, string>> = {}) {
  const home = freshHome();
  const system = await startSystem({ home, env });
  const household = await furnish(system);
  onTestFinished(() => household.close());
  return { home, system };
}

async function ask(page: Page, text: string): Promise<void> {
  const box = page.getByRole("textbox", { name: "Message" });
  await box.fill(text);
  await box.press("Enter");
}

const times = (page: Page, words: RegExp | string) => page.getByRole("log").getByText(words).count();

describe.skipIf(!HAS_BROWSER)("in the middle of an answer", { timeout: 300_000 }, () => {
  test("the cable is cut and mended: it is said, nothing is lost and nothing said twice", async () => {
    const { system } = await begin();
    onTestFinished(() => system.end());
    const cable = await layCable(Number(new URL(system.url).port));
    onTestFinished(() => cable.close());
    const window = await openWindow({ ...system, url: cable.url });
    await signIn({ ...system, url: cable.url }, window);
    const { page, problems } = window;
    await page.goto(`${cable.url}/chat/field`);
    await ask(page, "Say it slowly, please.");
    await page.getByRole("log").getByText(/three/).waitFor();
    cable.cut();
    await page.getByText("The connection to the server is lost.").waitFor();
    cable.mend();
    await page
      .getByText("The connection to the server is lost.")
      .waitFor({ state: "detached", timeout: 30_000 });
    await page.getByRole("log").getByText(ALL).waitFor({ timeout: 30_000 });
    expect(await times(page, LAST)).toBe(1);
    expect(await times(page, "Say it slowly, please.")).toBe(1);
    await page.reload();
    await page.getByRole("log").getByText(ALL).waitFor();
    expect(await times(page, LAST)).toBe(1);
    expect(problems).toEqual([]);
  });

  test("the server is killed and started again: the turn goes on, and is shown once", async () => {
    const env = { FIELDWORK_PORT: String(await freePort()) };
    const { home, system } = await begin(env);
    let running: System = system;
    onTestFinished(() => running.end());
    const window = await openWindow(system);
    await signIn(system, window);
    const { page } = window;
    await page.goto(`${system.url}/chat/field`);
    await ask(page, "Say it slowly, please.");
    await page.getByRole("log").getByText(/three/).waitFor();
    await running.kill();
    await page.getByText("The connection to the server is lost.").waitFor();
    running = await startSystem({ home, env });
    await page.getByRole("log").getByText(ALL).waitFor({ timeout: 60_000 });
    expect(await times(page, LAST)).toBe(1);
    expect(await times(page, "Say it slowly, please.")).toBe(1);
  });

  test("a reload at any word goes on where it was", async () => {
    const { system } = await begin();
    onTestFinished(() => system.end());
    const window = await openWindow(system);
    await signIn(system, window);
    const { page, problems } = window;
    await page.goto(`${system.url}/chat/field`);
    await ask(page, "Say it slowly, please.");
    for (const word of [/three/, /seven/, /eleven/]) {
      await page.getByRole("log").getByText(word).waitFor();
      await page.reload();
    }
    await page.getByRole("log").getByText(ALL).waitFor({ timeout: 30_000 });
    expect(await times(page, LAST)).toBe(1);
    expect(problems).toEqual([]);
  });

  test("two browsers on one conversation are in step, and either can stop it", async () => {
    const { system } = await begin();
    onTestFinished(() => system.end());
    const [one, two] = [await openWindow(system), await openWindow(system)];
    await signIn(system, one);
    await signIn(system, two);
    await one.page.goto(`${system.url}/chat/field/energy`);
    await two.page.goto(`${system.url}/chat/field/energy`);
    await two.page.getByRole("log").getByText("31 cents").waitFor();
    await ask(one.page, "Say it slowly, please.");
    for (const { page } of [one, two]) {
      await page.getByRole("log").getByText("Say it slowly, please.").waitFor();
      await page.getByRole("log").getByText(/three/).waitFor();
    }
    await two.page.getByRole("button", { name: "Stop" }).click();
    for (const { page } of [one, two]) {
      await page.getByText("You stopped it here.").waitFor({ timeout: 30_000 });
      expect(await times(page, LAST)).toBe(0);
    }
    expect([...one.problems, ...two.problems]).toEqual([]);
  });
});
