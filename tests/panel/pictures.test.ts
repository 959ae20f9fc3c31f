import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { ROOT, type System, startSystem, until } from "../support/system.ts";
import { HAS_BROWSER, OWNER, openWindow, signIn } from "./browser.ts";
import { furnish, type Household } from "./household.ts";

/** A picture of the handbook: where it is taken, and what has to be on it. */
interface Picture {
  readonly name: string;
  readonly path: string;
  readonly heading: string;
  /** Text that is there once the page has what it shows. */
  readonly shows: string;
  readonly scheme?: "light" | "dark";
  /** What is done before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const SIZE = { width: 1280, height: 800 } as const;
const MOST_BYTES = 150_000;

/** With `FIELDWORK_PICTURES=1` the handbook's pictures are taken anew; otherwise they go to a folder that is removed. */
const KEPT = process.env.FIELDWORK_PICTURES === "1";
const FOLDER = KEPT ? join(ROOT, "docs/panel/pictures") : mkdtempSync(join(tmpdir(), "fw-pictures-"));

const plan = async (page: Page) => {
  await page
    .getByRole("heading", { name: "Forecast" })
    .waitFor({ state: "attached", timeout: 1 })
    .catch(() => undefined);
  await page.locator("main svg[role], main figure svg").first().waitFor({ state: "attached" });
};

const PICTURES: readonly Picture[] = [
  {
    name: "chat",
    path: "/chat/field/tomatoes",
    heading: "Watering plan",
    shows: "every second day",
    prepare: plan,
  },
  {
    name: "chat-dark",
    path: "/chat/field/tomatoes",
    heading: "Watering plan",
    shows: "every second day",
    scheme: "dark",
    prepare: plan,
  },
  { name: "agents", path: "/agents", heading: "Agents", shows: "Weather" },
  { name: "agent-editor", path: "/agents/ledger/files", heading: "Ledger", shows: "agent.ts" },
  { name: "mind", path: "/mind/field", heading: "Mind", shows: "Harzfeuer" },
  { name: "mind-graph", path: "/mind/field/graph", heading: "Mind", shows: "Graph" },
  { name: "journal", path: "/journal", heading: "Journal", shows: "Journal" },
  { name: "tools", path: "/tools", heading: "Tools", shows: "calc" },
  { name: "approvals", path: "/approvals", heading: "Approvals", shows: "Waiting for you" },
  { name: "modules", path: "/modules", heading: "Modules", shows: "mind" },
  { name: "health", path: "/health", heading: "Health", shows: "Memory" },
  { name: "settings", path: "/settings", heading: "Settings", shows: "household" },
];

async function take(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await page.evaluate(() => document.fonts.ready);
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
  const png = readFileSync(path);
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  expect({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) }).toEqual(SIZE);
  expect(png.length).toBeLessThan(MOST_BYTES);
}

afterAll(() => {
  if (!KEPT) rmSync(FOLDER, { recursive: true, force: true });
});

describe.skipIf(!HAS_BROWSER)("the pictures of the handbook", () => {
  let system: System;
  let household: Household;
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    system = await startSystem();
    household = await furnish(system);
  });
  afterAll(async () => {
    await household?.close();
    await system?.end();
  });

  test.each(PICTURES)("$name", async ({ name, path, heading, shows, scheme, prepare }) => {
    const window = await openWindow(system, { ...SIZE, ...(scheme ? { scheme } : {}) });
    await signIn(system, window);
    const { page, problems } = window;
    await page.goto(system.url + path);
    await page.getByRole("heading", { name: heading }).first().waitFor();
    await page.getByText(shows).first().waitFor();
    await prepare?.(page);
    await take(page, name);
    expect(problems).toEqual([]);
  });
});

test.skipIf(!HAS_BROWSER)("the pictures of the first run", async () => {
  const system = await startSystem();
  onTestFinished(() => system.end());
  const nowhere = { ollama: null, llamacpp: null, lmstudio: null, vllm: null };
  await system.result("setting.set", { key: "gateway.detect_ports", value: nowhere });
  await until(
    "the agent that ships is there",
    async () => (await system.call("agent.show", { id: "field" })).ok,
  );
  const { page, problems } = await openWindow(system, SIZE);
  await page.goto(system.url);
  await page.getByRole("heading", { name: "Make this Fieldwork yours" }).waitFor();
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByLabel("The password once more").fill(OWNER.password);
  await take(page, "first-run");
  await page.getByRole("button", { name: "Create the account" }).click();
  await page.getByRole("heading", { name: "Which model shall your agents think with?" }).waitFor();
  await page.getByText("No model server answers on this machine.").waitFor();
  await take(page, "first-model");
  expect(problems).toEqual([]);
});
