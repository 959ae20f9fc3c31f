import { describe, expect, onTestFinished, test } from "vitest";
import { freshHome, type System, startSystem } from "../support/system.ts";
import { HAS_BROWSER, openWindow, signIn } from "./browser.ts";
import { freePort } from "./cuttable.ts";

describe.skipIf(!HAS_BROWSER)("the shell of the panel", () => {
  test("opens without the server, says that it is away, and goes on by itself when it is back", async () => {
    const env = { FIELDWORK_PORT: String(await freePort()) };
    const home = freshHome();
    let running: System = await startSystem({ home, env });
    onTestFinished(() => running.end());
    const window = await openWindow(running);
    await signIn(running, window);
    const { page } = window;
    await page.goto(`${running.url}/health`);
    await page.getByRole("heading", { name: "Health", level: 1 }).waitFor();
    await page.evaluate("navigator.serviceWorker.ready.then(() => undefined)");
    // Once more, so that the worker has seen the page and its files.
    await page.reload();
    await page.getByRole("heading", { name: "Health", level: 1 }).waitFor();
    await running.kill();
    await page.reload();
    await page.getByRole("heading", { name: "Fieldwork is not running" }).waitFor();
    running = await startSystem({ home, env });
    await page.getByRole("heading", { name: "Health", level: 1 }).waitFor({ timeout: 30_000 });
  });

  test("can be installed: a manifest with a name, a start and icons that are there", async () => {
    const system = await startSystem();
    onTestFinished(() => system.end());
    const manifest = (await (await fetch(`${system.url}/manifest.webmanifest`)).json()) as {
      name: string;
      start_url: string;
      display: string;
      icons: { src: string; type: string; sizes: string }[];
    };
    expect(manifest).toMatchObject({ name: "Fieldwork", start_url: "/", display: "standalone" });
    expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(["192x192", "512x512"]));
    for (const { src, type } of manifest.icons) {
      const answer = await fetch(system.url + src);
      expect([answer.status, answer.headers.get("content-type")], src).toEqual([200, type]);
    }
  });

  test("goes anywhere by the keyboard alone", async () => {
    const system = await startSystem();
    onTestFinished(() => system.end());
    const window = await openWindow(system);
    await signIn(system, window);
    const { page, problems } = window;
    await page.goto(`${system.url}/tools`);
    await page.getByRole("heading", { name: "Tools", level: 1 }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Go to or do …" }).waitFor();
    await page.keyboard.type("journ");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Journal", level: 1 }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Go to or do …" }).waitFor();
    await page.keyboard.type("dark");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.documentElement.dataset.theme")).toBe("dark");
    await page.reload();
    await page.getByRole("heading", { name: "Journal", level: 1 }).waitFor();
    expect(await page.evaluate("document.documentElement.dataset.theme")).toBe("dark");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement?.id")).toBe("content");
    expect(problems).toEqual([]);
  });
});
