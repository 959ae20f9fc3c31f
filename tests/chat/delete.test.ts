import { expect, test } from "vitest";
import { until } from "../support/system.ts";
import { startTalk } from "../turn/support.ts";
import { filesHolding, sayWith, show, upload } from "./support.ts";

/** What must be gone; none of it is a word of the program. */
const WORDS = ["Quillfeather", "Zanzibarium", "Brambleforth", "Ostrogothia", "Picklewhistle"];
/** Copies that the owner made on purpose, and the agent's own pack. */
const ELSEWHERE = ["backups"];

test("a conversation that is deleted and forgotten leaves none of its words on the disk", async () => {
  const calls = [
    { name: "diary_write", args: { text: "Met Brambleforth today" } },
    { name: "todo_add", args: { text: "Write to Brambleforth" } },
    { name: "graph_add", args: { subject: "Brambleforth", predicate: "lives in", object: "Ostrogothia" } },
    { name: "fs_read", args: { path: "missing.md" } },
    { name: "user_ask", args: { question: "Is it Brambleforth?", options: ["Zanzibarium", "no"] } },
  ];
  const talk = await startTalk(() => ({ text: "Fine." }));
  const system = talk.system();
  await system.result("agent.config", { id: "field", set: { policy: { write: "ask" } } });
  for (let n = 0; n < 30; n++) await talk.say(`An everyday message ${n} of another conversation.`, "other");
  talk.model.script((request) =>
    JSON.stringify(request.body.messages).includes("fs_read")
      ? { text: "The answer is Zanzibarium." }
      : { tool_calls: calls },
  );
  const file = await upload(talk, "letter.txt", "Dear Picklewhistle, yours.");
  const asked = sayWith(talk, "My friend is called Quillfeather", [file]);
  const question = await until(
    "the agent asks",
    async () => (await system.result<{ questions: { id: string }[] }>("question.list")).questions[0],
  );
  await system.result("question.answer", { id: question.id, answer: "Zanzibarium" });
  await asked;
  talk.model.script([
    { tool_calls: [{ name: "fs_write", args: { path: "a.md", content: "Ostrogothia" } }] },
    { text: "Refused." },
  ]);
  const { id } = await talk.send("Write down Ostrogothia");
  const approval = await until(
    "an approval waits",
    async () => (await system.result<{ approvals: { id: string }[] }>("approval.list")).approvals[0],
  );
  await system.result("approval.refuse", { id: approval.id });
  await talk.finished(id);
  talk.model.script([{ text: "Zanzibarium again." }, { text: "Zanzibarium for the last time." }]);
  await talk.say("What was it about Quillfeather?");
  await system.result("session.rewind", { agent: "field", session: "s", to: 1 });
  await talk.say("And Quillfeather?");
  const sought = async () =>
    (
      await system.result<{ found: { session: string; places: { n: number }[] }[] }>("session.search", {
        query: "quillfeather",
      })
    ).found.map(({ session, places }) => [session, places.map(({ n }) => n)]);
  const { entries } = await show(talk);
  const last = entries.findLast(({ message }) => message.content === "And Quillfeather?")?.n;
  expect(await sought()).toEqual([["s", [last, 1]]]);

  await system.result("memory.forget", { agent: "field", session: "s" });
  expect((await system.call("session.show", { agent: "field", session: "s" })).ok).toBe(false);
  expect(await sought()).toEqual([]);
  await until("the blob is gone", () => filesHolding(`${talk.home}/blobs`, WORDS).length === 0);
  expect(filesHolding(talk.home, WORDS, ELSEWHERE)).toEqual([]);
  // What the journal keeps of a call that failed is its error, in words that may name what was asked for.
  const failed = await talk.events("capability.called");
  expect(failed.map(({ data }) => String(data.message)).join()).toContain("missing.md");
  expect(await system.stop()).toBe(0);
  expect(filesHolding(talk.home, WORDS, ELSEWHERE)).toEqual([]);
  expect(filesHolding(talk.home, ["everyday message 29"], ELSEWHERE)).not.toEqual([]);
});

test("a conversation that is only deleted is gone from the list, and what was remembered of it stays", async () => {
  const talk = await startTalk(() => ({ text: "A fine name." }));
  await talk.say("My cat is called Quillfeather");
  await talk.say("Something else", "other");
  const deleted = await talk.system().result("session.delete", { agent: "field", session: "s" });
  expect(deleted).toEqual({ entries: 2, messages: 1 });
  const { sessions } = await talk
    .system()
    .result<{ sessions: { session: string }[] }>("session.list", { agent: "field" });
  expect(sessions.map(({ session }) => session)).toEqual(["other"]);
  const { hits } = await talk.system().result<{ hits: { content: string }[] }>("memory.search", {
    agent: "field",
    query: "cat called",
  });
  expect(hits[0]?.content).toContain("Quillfeather");
  expect((await talk.system().call("session.delete", { agent: "field", session: "s" })).ok).toBe(false);
  await talk.say("A new beginning");
  expect((await show(talk)).entries.map(({ n }) => n)).toEqual([1, 2]);
});
