import { expect, onTestFinished, test } from "vitest";
import { startModelServer } from "../model-server/index.ts";
import { startSystem, until } from "../support/system.ts";
import { axeProblems, HAS_BROWSER, OWNER, openWindow, overflow, signIn } from "./browser.ts";

const nowhere = { ollama: null, llamacpp: null, lmstudio: null, vllm: null };

async function fresh() {
  const system = await startSystem();
  onTestFinished(() => system.end());
  await system.result("setting.set", { key: "gateway.detect_ports", value: nowhere });
  await until(
    "the agent that ships is there",
    async () => (await system.call("agent.show", { id: "field" })).ok,
  );
  return system;
}

test.skipIf(!HAS_BROWSER).each([
  { width: 380, height: 780, scheme: "dark" as const },
  { width: 1600, height: 900, scheme: "light" as const },
])("from nothing to a first conversation without a model, at $width px", async (view) => {
  const system = await fresh();
  const { page, problems } = await openWindow(system, view);
  await page.goto(system.url);

  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByLabel("The password once more").fill("other");
  await page.getByRole("button", { name: "Create the account" }).click();
  await page.getByText("5 more characters.").waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByLabel("The password once more").fill(OWNER.password);
  await page.getByRole("button", { name: "Create the account" }).click();

  await page.getByRole("heading", { name: "Which model shall your agents think with?" }).waitFor();
  await page.getByText("No model server answers on this machine.").waitFor();
  expect(await axeProblems(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await page.getByRole("button", { name: "Go on without a model" }).click();

  const words = page.getByRole("textbox", { name: "Message" });
  await words.fill("Remember that my sister Clara bakes on Saturdays.");
  await words.press("Enter");
  await page.getByText("Remember that my sister Clara bakes on Saturdays.").first().waitFor();
  const reply = page
    .getByRole("log")
    .getByText(/remember|kept/i)
    .last();
  await reply.waitFor({ timeout: 30_000 });
  expect(await axeProblems(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(problems).toEqual([]);
});

test.skipIf(!HAS_BROWSER)(
  "a model of a provider is listed, tried and used; a wrong key is said in words",
  async () => {
    const model = await startModelServer(({ headers }) =>
      headers.authorization === "Bearer sk-right"
        ? { text: "Ready when you are." }
        : {
            failure: {
              kind: "status",
              status: 401,
              body: { error: { message: "Incorrect API key provided", code: "invalid_api_key" } },
            },
          },
    );
    onTestFinished(() => model.close());
    const system = await fresh();
    const window = await openWindow(system);
    await signIn(system, window);
    const { page, problems } = window;
    await page.goto(`${system.url}/welcome`);
    await page.getByLabel("Provider").selectOption({ label: "Another server" });
    await page.getByLabel(/^Address/).fill(`${model.url}/v1`);
    await page.getByLabel(/^API key/).fill("sk-wrong");
    await page.getByRole("textbox", { name: "Model" }).fill("scripted");
    await page.getByRole("button", { name: "Use this model" }).click();
    await page.getByText(/key/i).first().waitFor();
    await page.getByRole("button", { name: "Choose another" }).click();
    await page.getByLabel("Provider").selectOption({ label: "Another server" });
    await page.getByLabel(/^Address/).fill(`${model.url}/v1`);
    await page.getByLabel(/^API key/).fill("sk-right");
    await page.getByRole("textbox", { name: "Model" }).fill("scripted");
    await page.getByRole("button", { name: "Use this model" }).click();
    await page.getByText("Ready when you are.").waitFor();
    await page.getByRole("button", { name: "Start the first conversation" }).click();
    await page.getByRole("textbox", { name: "Message" }).waitFor();
    expect(problems).toEqual([]);
    const { uses } = await system.result<{ uses: { agent: string; candidates: string[] }[] }>("model.list");
    expect(uses.find(({ agent }) => agent === "")?.candidates).toEqual(["scripted"]);
  },
);

test.skipIf(!HAS_BROWSER)("signing in, out, and in again; what was asked for stands afterwards", async () => {
  const system = await fresh();
  const made = await openWindow(system);
  await signIn(system, made);
  const { page, problems } = await openWindow(system);
  await page.goto(`${system.url}/health`);
  await page.getByLabel("Password", { exact: true }).fill("not the right sentence");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "Health", level: 1 }).waitFor();
  await page.getByRole("navigation").getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(problems).toEqual([]);
});
