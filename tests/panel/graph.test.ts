import { expect, onTestFinished, test } from "vitest";
import { startSystem } from "../support/system.ts";
import { axeProblems, HAS_BROWSER, openWindow, settle, signIn } from "./browser.ts";
import { furnish } from "./household.ts";

test.skipIf(!HAS_BROWSER)("a walk from name to name is gone back step by step", async () => {
  const system = await startSystem();
  onTestFinished(() => system.end());
  const household = await furnish(system);
  onTestFinished(() => household.close());
  const window = await openWindow(system);
  await signIn(system, window);
  const { page, problems } = window;
  await page.goto(`${system.url}/mind/field/graph?name=workshop+ost`);
  const panel = page.getByRole("complementary");
  await panel.getByRole("heading", { name: "Workshop Ost" }).waitFor();
  await panel.getByRole("button", { name: "Clara" }).click();
  await panel.getByRole("heading", { name: "Clara" }).waitFor();
  await settle(page);
  expect(await axeProblems(page)).toEqual([]);
  await page.goBack();
  await panel.getByRole("heading", { name: "Workshop Ost" }).waitFor();
  expect(problems).toEqual([]);
});
