import { expect, test } from "vitest";
import type { FieldworkError } from "../../contract/index.ts";
import { until } from "../support/system.ts";
import { prompt, startTalk } from "../turn/support.ts";
import { said, show } from "./support.ts";

const codeOf = (reply: { ok: boolean; error?: { code: string } }): string => reply.error?.code ?? "none";

test("a message that was taken back and said otherwise is never seen again by the model, and stays in the log", async () => {
  const talk = await startTalk([{ text: "Noted: Berlin." }, { text: "Noted: Bonn." }, { text: "Bonn." }]);
  await talk.say("My sister Ottilie lives in Berlin");
  const before = await show(talk);
  expect(said(before)).toEqual(["My sister Ottilie lives in Berlin", "Noted: Berlin."]);
  const rewound = await talk.system().result("session.rewind", { agent: "field", session: "s", to: 0 });
  expect(rewound).toEqual({ superseded: 2, entries: 0 });

  await talk.say("My sister Ottilie lives in Bonn");
  await talk.say("Where does my sister Ottilie live?");
  expect(prompt(talk.model.requests[2])).not.toContain("Berlin");
  const after = await show(talk);
  expect(said(after)).toEqual([
    "My sister Ottilie lives in Bonn",
    "Noted: Bonn.",
    "Where does my sister Ottilie live?",
    "Bonn.",
  ]);
  expect(after.info).toMatchObject({ entries: 4, superseded: 2, title: "My sister Ottilie lives in Bonn" });
  const all = await show(talk, { superseded: true });
  expect(all.entries.map(({ n, superseded = false }) => [n, superseded])).toEqual([
    [1, true],
    [2, true],
    [3, false],
    [4, false],
    [5, false],
    [6, false],
  ]);
  const found = await talk.system().result<{ hits: { content: string }[] }>("memory.search", {
    agent: "field",
    query: "sister Ottilie",
    k: 20,
  });
  expect(found.hits.map(({ content }) => content).join()).not.toContain("Berlin");
  const events = await talk.events("session.rewound");
  expect(events).toMatchObject([{ subject: "s", data: { of: "field", to: 0, superseded: 2 } }]);
});

test("asking again for another answer leaves the memory of what was said alone", async () => {
  const talk = await startTalk([{ text: "First try." }, { text: "Second try." }]);
  await talk.say("Tell me of the lighthouse at Fanø");
  await talk.system().result("session.rewind", { agent: "field", session: "s", to: 0 });
  await talk.say("Tell me of the lighthouse at Fanø");
  const { hits } = await talk
    .system()
    .result<{ hits: { content: string }[] }>("memory.list", { agent: "field" });
  expect(hits.map(({ content }) => content).sort()).toEqual([
    "Second try.",
    "Tell me of the lighthouse at Fanø",
  ]);
});

test("nothing is taken back while a turn runs", async () => {
  const talk = await startTalk(() => ({ failure: { kind: "hang" } }));
  await talk.send("Think long");
  await until("the model is asked", () => talk.model.requests.length > 0);
  for (const [cap, more] of [
    ["session.rewind", { to: 0 }],
    ["session.delete", {}],
  ] as const) {
    const reply = await talk.system().call(cap, { agent: "field", session: "s", ...more });
    expect(codeOf(reply as { ok: boolean; error?: FieldworkError })).toBe("conflict");
  }
  await talk.system().result("turn.stop", { agent: "field", session: "s" });
});

test("a page of a long conversation is read from its end, with each turn and what it cost", async () => {
  const talk = await startTalk((request) =>
    request.n === 0
      ? { thinking: "Hm.", tool_calls: [{ id: "c1", name: "calc_evaluate", args: { expression: "6*7" } }] }
      : { text: `Answer ${request.n}`, usage: { input: 10, output: 2 } },
  );
  const first = await talk.send("What is 6*7?");
  await talk.finished(first.id);
  for (let n = 0; n < 4; n++) await talk.say(`And ${n}?`);
  const newest = await show(talk, { newest: true, limit: 3 });
  expect(newest.entries.map(({ n }) => n)).toEqual([10, 11, 12]);
  expect(newest.more).toBe(true);
  const older = await show(talk, { newest: true, limit: 9, before: 10 });
  expect(older.entries.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(older.more).toBe(false);
  expect((await show(talk, { after: 9 })).entries.map(({ n }) => n)).toEqual([10, 11, 12]);

  const [asked, called, result, answered] = older.entries;
  expect(asked).toMatchObject({ source: { kind: "owner", id: "owner" }, turn: first.trace });
  expect(JSON.stringify(called?.message.content)).toContain('"thinking"');
  // The step is one addition to the log: what it took stands at its last entry.
  expect(result?.receipts).toMatchObject([
    { tool: "calc.evaluate", ok: true, call: "c1", ms: expect.any(Number) },
  ]);
  expect(result?.completions).toMatchObject([{ ok: true, model: "scripted", finish: "tool_calls" }]);
  expect(answered?.completions).toMatchObject([
    {
      ok: true,
      model: "scripted",
      finish: "stop",
      usage: { input_tokens: 10, output_tokens: 2 },
      cost_usd: null,
    },
  ]);
  expect(older.turns[0]).toMatchObject({
    turn: first.trace,
    message: first.id,
    state: "done",
    finish: "stop",
  });
  expect(older.turns[0]).not.toHaveProperty("text");
});

test("who looks later finds the messages that wait, and why a turn failed", async () => {
  const talk = await startTalk(() => ({ failure: { kind: "hang" } }), { "session.stop_grace_ms": 0 });
  const first = await talk.send("First");
  await until("the model is asked", () => talk.model.requests.length > 0);
  await talk.send("Second");
  const { turns } = await show(talk);
  expect(turns).toMatchObject([{ state: "running" }, { state: "waiting", text: "Second" }]);
  await talk.system().result("message.send", { to: "field", session: "other", text: "x" });
  await talk.system().call("agent.disable", { id: "field" });
  await talk.finished(first.id);
  const failed = (await show(talk)).turns[0];
  expect(failed).toMatchObject({
    state: "failed",
    error: { code: expect.any(String), message: expect.any(String) },
  });
});
