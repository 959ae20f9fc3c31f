import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type System, startSystem } from "../support/system.ts";
import { axeProblems, HAS_BROWSER, openWindow, overflow, settle, signIn } from "./browser.ts";
import { furnish, type Household } from "./household.ts";

/** Every page, and words that stand on it. */
const PAGES = [
  ["/chat", "What shall Field do for you?"],
  ["/chat/field/tomatoes", "every second day"],
  ["/agents", "Weather"],
  ["/agents/field", "Field"],
  ["/agents/ledger", "Ledger"],
  ["/mind/field/memories?q=tomato+plants", "Harzfeuer"],
  ["/mind/field/lessons", "hazelnuts"],
  ["/mind/field/doctrine", "Doctrine"],
  ["/mind/field/diary", "Diary"],
  ["/mind/field/graph", "Graph"],
  ["/mind/field/insights", "Insights"],
  ["/tools", "calc"],
  ["/tools/calc.evaluate", "calc.evaluate"],
  ["/approvals", "Approvals"],
  ["/journal", "Journal"],
  ["/modules", "mind"],
  ["/health", "Health"],
  ...[
    "models",
    "gateway",
    "policies",
    "secrets",
    "account",
    "sessions",
    "tokens",
    "backup",
    "limits",
    "about",
  ].map((section) => [`/settings/${section}`, "Settings"] as const),
  ...["prompt", "model", "tools", "grants", "schedule", "limits", "files"].map(
    (tab) => [`/agents/field/${tab}`, "Field"] as const,
  ),
  ["/agents/new", "Written in"],
  ["/nowhere", "There is no such page"],
  ["/journal/one/two", "There is no such page"],
] as const;

const VIEWS = [
  { width: 380, height: 780, scheme: "light" },
  { width: 380, height: 780, scheme: "dark" },
  { width: 1600, height: 900, scheme: "light" },
  { width: 1600, height: 900, scheme: "dark" },
] as const;

let system: System;
let household: Household;
beforeAll(async () => {
  if (!HAS_BROWSER) return;
  system = await startSystem();
  household = await furnish(system);
});
afterAll(async () => {
  await household?.close();
  await system?.end();
});

describe.skipIf(!HAS_BROWSER).each(VIEWS)("at $width px, $scheme", (view) => {
  test("every page shows what it is for, fits the window, is accessible, and complains of nothing", {
    timeout: 300_000,
  }, async () => {
    const window = await openWindow(system, view);
    await signIn(system, window);
    const { page, problems } = window;
    const wrong: string[] = [];
    for (const [path, words] of PAGES) {
      await page.goto(system.url + path);
      const shown = page.locator("main, dialog").getByText(words).first().waitFor({ state: "attached" });
      await shown.catch(() => wrong.push(`${path} does not show ${words}`));
      await settle(page);
      wrong.push(...(await axeProblems(page)).map((one) => `${path}: ${one}`));
      const wider = await overflow(page);
      if (wider > 0) wrong.push(`${path} is ${wider} px too wide`);
      wrong.push(...problems.splice(0).map((one) => `${path}: ${one}`));
    }
    expect(wrong).toEqual([]);
  });
});
