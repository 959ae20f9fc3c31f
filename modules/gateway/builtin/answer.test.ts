import { expect, test } from "vitest";
import { type CallContext, FieldworkError, type JsonValue, type LlmRequest } from "#contract";
import { createAnswer } from "../answer/answer.ts";
import { BUILTIN } from "../model/model.ts";
import { answerBuiltin } from "./answer.ts";

type Serve = (args: Readonly<Record<string, JsonValue>>) => JsonValue;

/** What the built-in provider answers, where these capabilities are there. */
async function say(
  content: LlmRequest["messages"][number]["content"],
  capabilities: Readonly<Record<string, Serve>>,
  before: LlmRequest["messages"] = [],
) {
  const asked: [string, JsonValue][] = [];
  const context = {
    caller: { id: "scout", tier: "guest" },
    async call(cap: string, args: JsonValue) {
      asked.push([cap, args]);
      const serve = capabilities[cap];
      if (!serve) throw new FieldworkError("denied", `no grant ${cap}.`, { remedy: "Ask for it." });
      return serve(args as Readonly<Record<string, JsonValue>>);
    },
  } as unknown as CallContext;
  const answer = createAnswer({ onDelta: () => {}, toolName: (name) => name });
  const detected = [{ ...BUILTIN, name: "ollama/llama3:8b", detected: true }];
  await answerBuiltin(
    { request: { messages: [...before, { role: "user", content }] }, context, tried: [], detected },
    answer,
  );
  return { text: String(answer.done().message.content), asked };
}
const hit = {
  id: "1",
  content: "The key is under the mat.",
  wing: null,
  room: null,
  kind: "fact",
  score: 0.8,
  why: ["the words key, mat"],
  at: "2026-05-01T10:00:00Z",
  valid_from: null,
  valid_to: null,
  source: "chat of 1 May",
  tainted: true,
  session: null,
};

test("it shows the passages it remembers with their sources, and which model could be used", async () => {
  const { text, asked } = await say("Where is the key?", {
    "store.brain.search": () => ({ hits: [hit], count: 1 }),
  });
  expect(asked).toEqual([["store.brain.search", { query: "Where is the key?", k: 15 }]]);
  expect(text).toContain("1. The key is under the mat.");
  expect(text).toContain("chat of 1 May, 2026-05-01, from outside; found by the words key, mat");
  expect(text).toContain("fw model use ollama/llama3:8b");
});

test("it shows nothing twice, and not the question that was asked before", async () => {
  const said = (id: string, content: string) => ({ ...hit, id, content, kind: "said" });
  const hits = [
    said("2", "Remember that the key is under the mat!"),
    hit,
    said("3", "where is the key"),
    said("4", "I lost my key again"),
    said("5", "I lost my key again."),
  ];
  const { text } = await say("Where is the key?", { "store.brain.search": () => ({ hits, count: 5 }) });
  expect(text).toContain("1. The key is under the mat.");
  expect(text).toContain("2. I lost my key again\n");
  expect(text).not.toMatch(/^3\./m);
});

test("it keeps what it is told to remember, in the caller's name, and says when it knew", async () => {
  const keep = (added: boolean) => ({ "store.brain.add": () => ({ id: "1", added }) });
  const first = await say("Merk dir, dass Anna im Mai Geburtstag hat", keep(true));
  expect(first.asked).toEqual([["store.brain.add", { content: "Anna im Mai Geburtstag hat" }]]);
  expect(first.text).toContain("I will remember");
  expect((await say("/remember milk", keep(false))).text).toContain("already");
});

test("it runs tools by name with their arguments", async () => {
  const run = { "tool.run": () => ({ output: { sum: 3 }, note: "exact", tainted: false }) };
  const { text, asked } = await say('/tool calc.add {"a": 1, "b": 2}', run);
  expect(asked).toEqual([["tool.run", { name: "calc.add", args: { a: 1, b: 2 } }]]);
  expect(text).toContain('"sum": 3');
  expect(text).toContain("exact");
  expect((await say("/tool calc.add {a: 1}", run)).text).toContain("not JSON");
});

test("what it may not do it says, with the way to mend it", async () => {
  expect((await say("/help", {})).text).toBe("That did not work: no grant slash.run. Ask for it.");
  expect((await say("Where is the key?", {})).text).toContain(
    "cannot be searched: no grant store.brain.search.",
  );
});

test("what the system recalled is not taken for the user's words", async () => {
  const recalled = { type: "text" as const, text: "[Recalled] x", extra: { fieldwork: { recalled: true } } };
  const { asked } = await say([recalled, { type: "text", text: "/time" }], {
    "slash.run": () => ({ text: "now" }),
  });
  expect(asked).toEqual([["slash.run", { text: "/time" }]]);
});

test("how to connect a model is told once in a conversation; help names what it can do without one", async () => {
  const nothing = { "store.brain.search": () => ({ hits: [], count: 0 }) };
  const first = await say("Who are you?", nothing);
  expect(first.text).toContain("Settings, Models");
  const second = await say("And now?", nothing, [{ role: "assistant", content: first.text }]);
  expect(second.text).toContain("/help");
  expect(second.text).not.toContain("fw model add");
  const help = await say("/help", {
    "slash.run": () => ({ text: "/time: The time.\n/agents: The modules." }),
  });
  expect(help.text.split("  \n").map((line) => line.split(":")[0])).toEqual([
    "/time",
    "/agents",
    "/remember TEXT",
    '/tool NAME {"…"',
  ]);
});

test("a passage of a conversation names it as that, not by its number", async () => {
  const said = { ...hit, source: null, session: "4893bba3d7c8" };
  const { text } = await say("Where is the key?", {
    "store.brain.search": () => ({ hits: [said], count: 1 }),
  });
  expect(text).toContain("(a conversation, 2026-05-01");
  expect(text).not.toContain("4893bba3d7c8");
});
