import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type System, startSystem, until } from "../support/system.ts";
import { HAS_BROWSER, openWindow, signIn } from "./browser.ts";

const FIRST_LOAD_BYTES = 150_000;
const LAYERS = ["tokens", "base", "kit", "pages"];
const PLACES = ["chat", "agents", "mind", "tools", "approvals", "journal", "modules", "health", "settings"];

interface Script {
  readonly path: string;
  /** As it is sent: compressed. */
  readonly bytes: number;
}

/** Each script that the page fetches, from now on. */
function watchScripts(page: Page): readonly Script[] {
  const scripts: Script[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    const headers = response.headers();
    expect(headers["content-encoding"], response.url()).toBe("br");
    scripts.push({ path: new URL(response.url()).pathname, bytes: Number(headers["content-length"]) });
  });
  return scripts;
}

const sum = (scripts: readonly Script[]): number => scripts.reduce((bytes, one) => bytes + one.bytes, 0);

/** The files that the document of an address names. */
async function named(system: System, path: string, ending: ".js" | ".css"): Promise<readonly string[]> {
  const document = await (await fetch(system.url + path, { headers: { accept: "text/html" } })).text();
  return [...document.matchAll(/(?:src|href)="(\/[^"]+)"/g)]
    .map(([, file]) => file as string)
    .filter((file) => file.endsWith(ending));
}

describe.skipIf(!HAS_BROWSER)("the first load", () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.end());

  test.each(PLACES)(
    "of %s is less than 150 KB of compressed script, all named by its document and fetched once",
    async (place) => {
      const window = await openWindow(system);
      await signIn(system, window);
      const scripts = watchScripts(window.page);
      await window.page.goto(`${system.url}/${place}`);
      await window.page.locator("main h1, main textarea").filter({ hasNotText: "Loading" }).first().waitFor();
      const paths = scripts.map(({ path }) => path);
      const first = await named(system, `/${place}`, ".js");
      expect(first.some((path) => path.startsWith(`/assets/${place}-`))).toBe(true);
      expect(paths).toEqual(expect.arrayContaining([...first]));
      expect(new Set(paths).size).toBe(paths.length);
      expect(sum(scripts)).toBeLessThan(FIRST_LOAD_BYTES);
    },
  );

  test("orders the layers of its styles alike, whichever style is met first", async () => {
    const styles = new Set(
      (await Promise.all(PLACES.map((place) => named(system, `/${place}`, ".css")))).flat(),
    );
    for (const path of styles) {
      const style = await (await fetch(system.url + path)).text();
      const met = new Set(
        [...style.matchAll(/@layer ([\w,\s]+)[;{]/g)].flatMap(([, names]) => names?.split(/[,\s]+/)),
      );
      expect([...met], path).toEqual(LAYERS.slice(0, met.size));
    }
    expect(styles.size).toBeGreaterThan(PLACES.length);
  });

  test("of a conversation is less too, with all that its messages need", async () => {
    await until("field is there", async () => (await system.call("agent.show", { id: "field" })).ok);
    await system.call("agent.approve", { id: "field", grants: "all" });
    await system.result("message.send", { to: "field", session: "s1", text: "Hello", wait: true });
    const window = await openWindow(system);
    await signIn(system, window);
    const scripts = watchScripts(window.page);
    await window.page.goto(`${system.url}/chat/field/s1`);
    await window.page.locator("[role=log] article").first().waitFor();
    expect(sum(scripts)).toBeLessThan(FIRST_LOAD_BYTES);
  });
});
