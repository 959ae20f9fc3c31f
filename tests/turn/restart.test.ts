import { expect, test } from "vitest";
import { until } from "../support/system.ts";
import { startTalk, type TurnReply } from "./support.ts";

const SENTENCES = Array.from({ length: 40 }, (_, n) => `Sentence ${n + 1}.`).join(" ");

test("a turn that is under way when the server is stopped goes on after the start, and nothing of it is called failed", {
  timeout: 300_000,
}, async () => {
  const talk = await startTalk(({ body }) => {
    const messages = body.messages as { role: string }[];
    const results = messages.filter(({ role }) => role === "tool").length;
    return results === 0
      ? { tool_calls: [{ name: "fs_append", args: { path: "lines.txt", content: "once\n" } }] }
      : { text: SENTENCES, delta_chars: 8, between_ms: 100 };
  });
  const { id } = await talk.send("Append a line and tell me a lot.");
  await until("the answer is being written", () => talk.model.requests.length >= 2);
  await talk.restart();
  const mail = await talk.finished(id);
  expect(mail).toMatchObject({ state: "done", attempts: 2 });
  expect((mail.reply as unknown as TurnReply).reply).toBe(SENTENCES);
  const said = JSON.stringify(await talk.entries());
  expect(said).not.toMatch(/stopping|not running/);
  expect(await talk.events("message.failed")).toEqual([]);
});
