import { expect, onTestFinished, test } from "vitest";
import { type ModelAnswer, startModelServer } from "../model-server/index.ts";
import { startSystem, until } from "../support/system.ts";
import { HAS_BROWSER, openWindow, signIn, type View } from "./browser.ts";

const QUERY = "what stands in a long query that has no end in sight, and goes on a little more";

/** Asks in a window, and a model answers. */
async function asked(view: View, answer: Parameters<typeof startModelServer>[0]) {
  const model = await startModelServer(answer);
  onTestFinished(() => model.close());
  const system = await startSystem();
  onTestFinished(() => system.end());
  await until("field is there", async () => (await system.call("agent.show", { id: "field" })).ok);
  await system.result("model.add", {
    name: "scripted",
    dialect: "openai",
    base_url: `${model.url}/v1`,
    model: "scripted",
    key: "sk-scripted",
  });
  await system.result("model.use", { model: "scripted" });
  const window = await openWindow(system, view);
  await signIn(system, window);
  const { page } = window;
  await page.goto(`${system.url}/chat/field`);
  const words = page.getByRole("textbox", { name: "Message" });
  await words.fill("Look it up");
  await words.press("Enter");
  return { ...window, words };
}

/** One conversation in a window: a tool was used, and the answer has signs of Markdown and lines enough to scroll. */
async function talk(view: View) {
  const window = await asked(view, ({ body }): ModelAnswer => {
    const messages = body.messages as { role: string }[];
    return messages.some(({ role }) => role === "tool")
      ? { text: `## Found\n\nIt is **here**.\n\n${"- a line\n".repeat(40)}\nThe last line.` }
      : { tool_calls: [{ name: "memory_recall", args: { query: QUERY } }] };
  });
  await window.page.getByText("The last line.").last().waitFor();
  await window.page.getByRole("button", { name: "Copy the answer" }).waitFor();
  return window;
}

test.skipIf(!HAS_BROWSER)(
  "a conversation is renamed by typing its name and Enter",
  { timeout: 300_000 },
  async () => {
    const { page, problems } = await talk({ width: 1280 });
    await page
      .getByRole("button", { name: /^Actions for / })
      .last()
      .click();
    await page.getByRole("menuitem", { name: "Rename" }).last().click();
    await page.getByRole("dialog", { name: "Rename the conversation" }).waitFor();
    await page.keyboard.type("The lookup");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "The lookup", level: 1 }).waitFor();
    expect(problems).toEqual([]);
  },
);

test.skipIf(!HAS_BROWSER)(
  "what is read stays above the box that grows with what is written",
  { timeout: 300_000 },
  async () => {
    const { page, words, problems } = await talk({ width: 1280 });
    const end = page.getByText("The last line.").last();
    const form = page.locator("form", { has: words });
    await words.fill("one\ntwo\nthree\nfour\nfive\nsix");
    await expect
      .poll(async () => {
        const [line, box] = [await end.boundingBox(), await form.boundingBox()];
        return line !== null && box !== null && line.y + line.height <= box.y;
      })
      .toBe(true);
    expect(problems).toEqual([]);
  },
);

test.skipIf(!HAS_BROWSER)(
  "on a narrow screen a tool's line ends at the edge; the answer is said without its signs",
  { timeout: 300_000 },
  async () => {
    const { page, problems } = await talk({ width: 380, height: 780 });
    expect(await page.getByRole("status").allTextContents()).toContainEqual(
      expect.stringContaining("Found It is here."),
    );
    await page.getByRole("log", { name: "The conversation" }).evaluate("(one) => one.scrollTo(0, 0)");
    const line = page.locator("summary", { hasText: "Recall memories" });
    await line.waitFor();
    const box = await line.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(380);
    expect(await line.locator("small").isVisible()).toBe(true);
    expect(problems).toEqual([]);
  },
);

test.skipIf(!HAS_BROWSER)(
  "an answer that failed leads to the place where that is mended",
  { timeout: 300_000 },
  async () => {
    const { page } = await asked({ width: 380, height: 780 }, () => ({
      failure: { kind: "status", status: 401, body: { error: { message: "Incorrect API key" } } },
    }));
    await page.getByText("Incorrect API key").last().waitFor();
    await page.getByRole("link", { name: "Set the key" }).click();
    await page.getByRole("heading", { name: "Models" }).waitFor();
  },
);
