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
  path(system: System): string | Promise<string>;
  readonly heading: string;
  /** Text that is there once the page has what it shows. */
  readonly shows: string;
  readonly scheme?: "light" | "dark";
  /** What is done before the picture is taken. */
  prepare?(page: Page, system: System): Promise<void>;
}

const SIZE = { width: 1280, height: 800 } as const;
const SETTLED_MS = 800;
const MOST_BYTES = 150_000;

/** With `FIELDWORK_PICTURES=1` the handbook's pictures are taken anew; otherwise they go to a folder that is removed. */
const KEPT = process.env.FIELDWORK_PICTURES === "1";
const FOLDER = KEPT ? join(ROOT, "docs/panel/pictures") : mkdtempSync(join(tmpdir(), "fw-pictures-"));

const turnOf = async (system: System, session: string) => {
  const { entries } = await system.result<{ entries: { turn: string }[] }>("session.show", {
    agent: "field",
    session,
  });
  return entries.at(-1)?.turn ?? "";
};

const conversation = {
  path: () => "/chat/field/tomatoes",
  heading: "Watering plan",
  shows: "every second day",
  prepare: (page: Page) => page.frameLocator("main iframe").getByText("Forecast").waitFor(),
};

/** In this order: what is broken for the last one shows in all that follow. */
const PICTURES: readonly Picture[] = [
  { name: "chat", ...conversation },
  { name: "chat-dark", scheme: "dark", ...conversation },
  { name: "agents", path: () => "/agents", heading: "Agents", shows: "Weather" },
  { name: "agent", path: () => "/agents/field", heading: "Field", shows: "The price of electricity" },
  {
    name: "mind",
    path: () => "/mind/field",
    heading: "Mind",
    shows: "memories",
    async prepare(page) {
      await page.getByRole("searchbox").fill("Who is allergic to hazelnuts?");
      await page.getByText("Ada is allergic to hazelnuts").first().waitFor();
    },
  },
  {
    name: "mind-graph",
    path: () => "/mind/field/graph",
    heading: "Mind",
    shows: "11 names",
    prepare: (page) => page.getByText("Arranging").waitFor({ state: "hidden" }),
  },
  {
    name: "journal",
    path: () => "/journal?session=tomatoes",
    heading: "Journal",
    shows: "Answered the message",
  },
  {
    name: "journal-trace",
    path: async (system) => `/journal/${await turnOf(system, "tomatoes")}`,
    heading: "One turn, step by step",
    shows: "Asks the model",
  },
  { name: "tools", path: () => "/tools", heading: "Tools", shows: "calc.evaluate" },
  {
    name: "tool",
    path: () => "/tools/calc.evaluate",
    heading: "Calculate",
    shows: "Try it",
    async prepare(page) {
      await page.getByLabel("Expression").fill("14 * 1.5");
      await page.getByRole("button", { name: "Run", exact: true }).click();
      await page
        .getByText(/^Receipt|took /)
        .first()
        .waitFor();
    },
  },
  { name: "approvals", path: () => "/approvals", heading: "Approvals", shows: "Does Clara come too?" },
  { name: "modules", path: () => "/modules", heading: "Modules", shows: "Built in" },
  {
    name: "health",
    path: () => "/health",
    heading: "All is well",
    shows: "Fuel",
    // The page measures every three seconds, and a curve needs a few points.
    prepare: (page) => page.waitForTimeout(10_000),
  },
  { name: "settings", path: () => "/settings", heading: "Models", shows: "household-7b" },
  { name: "backup", path: () => "/settings/backup", heading: "Backup", shows: "made by" },
  {
    name: "agent-editor",
    path: () => "/agents/ledger/files",
    heading: "Ledger",
    shows: "agent.ts",
    async prepare(page, system) {
      await system.result("agent.approve", { id: "ledger", grants: "all" });
      await page.getByText("Correct the syntax.").first().waitFor();
    },
  },
];

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate("document.fonts.ready");
  // What was read last is drawn, and charts and graphs have come to rest.
  await page.waitForTimeout(SETTLED_MS);
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
    await system.result("system.backup");
  });
  afterAll(async () => {
    await household?.close();
    await system?.end();
  });

  test.each(PICTURES)("$name", async ({ name, path, heading, shows, scheme, prepare }) => {
    const window = await openWindow(system, { ...SIZE, ...(scheme ? { scheme } : {}) });
    await signIn(system, window);
    const { page, problems } = window;
    await page.goto(system.url + (await path(system)));
    await page.getByRole("heading", { name: heading }).first().waitFor();
    await page.getByText(shows).first().waitFor();
    await prepare?.(page, system);
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
  await page.getByLabel("Provider").waitFor();
  await take(page, "first-model");
  expect(problems).toEqual([]);
});
