import { expect, onTestFinished, test } from "vitest";
import { startModelServer } from "../model-server/index.ts";
import { startSystem } from "../support/system.ts";
import { axeProblems, HAS_BROWSER, openWindow, signIn } from "./browser.ts";

test.skipIf(!HAS_BROWSER)(
  "an agent of one's own is made in words, and thinks with the model",
  { timeout: 300_000 },
  async () => {
    const model = await startModelServer(({ body }) => ({
      text: JSON.stringify(body.messages).includes("You plan our meals")
        ? "Soup on Monday."
        : "Without a prompt.",
    }));
    onTestFinished(() => model.close());
    const system = await startSystem();
    onTestFinished(() => system.end());
    await system.result("model.add", {
      name: "kitchen",
      dialect: "openai",
      base_url: `${model.url}/v1`,
      model: "kitchen-7b",
      key: "sk-kitchen",
    });
    await system.result("model.use", { model: "kitchen" });
    const window = await openWindow(system);
    await signIn(system, window);
    const { page, problems } = window;
    await page.goto(`${system.url}/agents/new`);
    const dialog = page.getByRole("dialog", { name: "New agent" });
    await dialog.getByRole("radio", { name: /^Words/ }).waitFor();
    expect(await dialog.getByRole("radio", { name: /^Words/ }).isChecked()).toBe(true);
    // Whoever opens it writes at once.
    await page.keyboard.type("Cook");
    expect(await axeProblems(page)).toEqual([]);
    await page.keyboard.press("Enter");
    const prompt = page.getByRole("textbox", { name: "prompt.md" });
    await prompt.click();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("You plan our meals.");
    await page.keyboard.press("Control+s");
    await page.getByText("Saved").first().waitFor();
    await page.getByRole("button", { name: "Talk" }).click();
    const words = page.getByRole("textbox", { name: "Message" });
    await words.fill("What is for dinner?");
    await words.press("Enter");
    await page.getByRole("log", { name: "The conversation" }).getByText("Soup on Monday.").waitFor();
    expect(problems).toEqual([]);
  },
);
