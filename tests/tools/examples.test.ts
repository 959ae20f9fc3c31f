/** Every tool is run with every example it gives, in a real kernel: nothing is declared that does not work. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "#contract";
import { TOOLS } from "../../modules/tool/tools/index.ts";
import { openWorkshop, SESSION, type Workshop } from "./support.ts";

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

/** What has to be there before a tool's example can be run. */
const PREPARED: Readonly<Record<string, (args: JsonObject) => Promise<JsonObject | undefined>>> = {
  "http.fetch": async (args) => ({ ...args, url: page("/api/items", "application/json", '{"items":[1]}') }),
  "web.read": async (args) => ({ ...args, url: page("/news", "text/html", "<p>News of the day</p>") }),
  async "memory.forget"() {
    const { output } = await shop.run<{ id: string }>("memory.remember", {
      content: "The key is under the mat.",
    });
    return { id: output.id };
  },
  async "todo.done"() {
    const { output } = await shop.run<{ id: string }>("todo.add", { text: "Water the plants" });
    return { id: output.id };
  },
  async "user.ask"() {
    setTimeout(answerQuestion, 50);
    return undefined;
  },
};

const plan = () => shop.run("fs.write", { path: "notes/plan.md", content: "# Plan\nBuy seeds\n" });
function page(path: string, type: string, body: string): string {
  shop.pages.set(path, { type, body });
  return shop.site + path;
}
async function answerQuestion(): Promise<void> {
  const { questions } = await shop.owner<{ questions: { id: string; session: string }[] }>("question.list");
  const asked = questions.find(({ session }) => session === SESSION);
  if (asked) await shop.owner("question.answer", { id: asked.id, answer: "Tuesday" });
  else setTimeout(answerQuestion, 50);
}

describe.each(TOOLS.map((tool) => ({ name: tool.name, tool })))("$name", ({ name, tool }) => {
  test("has examples", () => expect(tool.examples?.length).toBeGreaterThan(0));
  test.each((tool.examples ?? []).map((example) => [JSON.stringify(example), example] as const))(
    "%s",
    async (_, example) => {
      const given = example as JsonObject;
      if (name.startsWith("fs.")) await plan();
      const args = (await PREPARED[name]?.(given)) ?? given;
      const { output, receipt } = await shop.run<JsonValue>(name, args);
      expect(receipt.hash).toMatch(/^[0-9a-f]{64}$/);
      if (name !== "tool.use") expect(tool.output.safeParse(output).error).toBeUndefined();
    },
  );
});
