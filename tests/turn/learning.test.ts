import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Lesson } from "../../contract/index.ts";
import type { ModelRequest } from "../model-server/index.ts";
import { startTalk, type Talk } from "./support.ts";

/** What is asked for, where it is first looked for, and where it is. */
const FAULTS = [
  ["Read me the sales report of April", "reports/april", "sales-april.txt"],
  ["What does the packing list for the mountain hut say?", "packing/hut", "hut-list.md"],
  ["Show me the opening hours of the pottery workshop", "workshop/hours", "pottery.txt"],
  ["Which plants need water on Thursday?", "garden/thursday", "watering.csv"],
  ["Give me the phone tree of the choir", "choir/phones", "choir-calls.txt"],
] as const;

/** A model that knows nothing: it tries the first place, then the second; where a lesson names the second, that one at once. */
function script({ body }: ModelRequest) {
  const messages = body.messages as { role: string; content: unknown }[];
  const from = messages.findLastIndex(({ role }) => role === "user");
  const asked = JSON.stringify(messages.slice(from));
  const fault = FAULTS.find(([question]) => asked.includes(question));
  if (!fault) return { text: "I do not know." };
  const [, wrong, right] = fault;
  const results = messages.slice(from).filter(({ role }) => role === "tool");
  const read = (path: string) => ({ tool_calls: [{ name: "fs_read", args: { path } }] });
  if (results.length === 0) {
    const lessons = JSON.stringify(messages).match(/Lesson .*?(?=Lesson |$)/g) ?? [];
    return read(lessons.some((lesson) => lesson.includes(right)) ? right : wrong);
  }
  if (JSON.stringify(results.at(-1)).includes("not_found")) return read(right);
  return { text: "There it is." };
}

async function begin(): Promise<Talk> {
  const talk = await startTalk(script);
  const workspace = join(talk.home, "agents", "field.fwagent", "workspace");
  mkdirSync(workspace, { recursive: true });
  for (const [, , right] of FAULTS) writeFileSync(join(workspace, right), `content of ${right}`);
  return talk;
}

/** Asks for everything, each in a conversation of its own; gives how many calls failed, and how many answers it took. */
async function replay(talk: Talk, round: string): Promise<{ failed: number; steps: number }> {
  let [failed, steps] = [0, 0];
  for (const [n, [question]] of FAULTS.entries()) {
    const reply = await talk.say(question, `${round}-${n}`);
    expect(reply.reply).toBe("There it is.");
    failed += reply.tools.filter(({ ok }) => !ok).length;
    steps += reply.steps;
  }
  return { failed, steps };
}
const lessons = async (talk: Talk) =>
  (await talk.system().result<{ lessons: Lesson[] }>("lesson.list", { agent: "field" })).lessons;

test("faults that were overcome once do not happen again, and happen again without their lessons", async () => {
  const talk = await begin();
  const naive = await replay(talk, "first");
  expect(naive).toEqual({ failed: FAULTS.length, steps: 3 * FAULTS.length });
  const learned = await lessons(talk);
  expect(learned).toHaveLength(FAULTS.length);

  await talk.crash();
  const taught = await replay(talk, "taught");
  expect(taught).toEqual({ failed: 0, steps: 2 * FAULTS.length });
  const strengthened = await lessons(talk);
  expect(strengthened).toHaveLength(FAULTS.length);
  for (const { id, karma } of strengthened)
    expect(karma).toBeGreaterThan(learned.find((one) => one.id === id)?.karma ?? Number.POSITIVE_INFINITY);

  for (const { id } of learned) await talk.system().result("lesson.retire", { agent: "field", id });
  const control = await replay(talk, "control");
  expect(control).toEqual(naive);
});
