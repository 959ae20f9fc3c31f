import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type CallContext,
  type Database,
  FieldworkError,
  type JsonObject,
  type JsonValue,
  type LlmPart,
  type Prepared,
} from "#contract";
import { recalledOf } from "../recall/recalled.ts";
import { stateMigrations } from "../tables.ts";
import { prepareProviders, prepareSettings } from "./index.ts";

let folder: string;
let events: JsonObject[];
let asked: { cap: string; args: JsonValue }[];
let tainted: boolean;
let state: DatabaseSync;
let degraded: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "prepare-"));
  events = [];
  asked = [];
  tainted = false;
  degraded = [];
  state = new DatabaseSync(":memory:");
  for (const { sql } of stateMigrations) state.exec(sql);
});
afterEach(() => rmSync(folder, { recursive: true }));

const providers = prepareProviders({
  doctrineOf: async () => [{ id: "1", text: "Never lie.", amplitude: 1, sacred: true }],
  correctionOf: () => undefined,
});
const AT = "2026-01-01T00:00:00.000Z";
const HIT = {
  id: "m1",
  content: "The cat is called Miu.",
  wing: null,
  room: null,
  kind: "fact",
  score: 0.7,
  why: ["cat"],
  at: AT,
  valid_from: null,
  valid_to: null,
  source: null,
  tainted: false,
  session: null,
};
const candidate = (model: string, more: JsonObject = {}) => ({
  model,
  dialect: "openai",
  context_tokens: null,
  failing: null,
  ...more,
});
const ANSWERS: Readonly<Record<string, unknown>> = {
  "session.history": { entries: [], last: 0, summary: null },
  "tool.specs": {
    tools: [{ name: "fs.read", summary: "Read.", input_schema: {}, effect: "read", repeatable: true }],
  },
  "store.brain.search": { hits: [HIT], count: 1 },
  "mind.lesson.recall": { lessons: [] },
  "llm.status": { candidates: [candidate("big")] },
};

/** As the counter does: parse, run, parse. */
async function call<T>(
  cap: string,
  args: JsonObject,
  answers: Readonly<Record<string, unknown>> = {},
): Promise<T> {
  const provider = providers.find((one) => one.capability.name === cap);
  if (!provider) throw new Error(`nobody provides ${cap}`);
  const answerOf = (name: string) => {
    const answer = name in answers ? answers[name] : ANSWERS[name];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const context = {
    caller: { id: "field", tier: "guest" },
    trace: "t1",
    span: "s1",
    tainted: false,
    taint: () => {
      tainted = true;
    },
    signal: new AbortController().signal,
    state: () => database(),
    async call(name: string, inner: JsonValue) {
      asked.push({ cap: name, args: inner });
      return answerOf(name);
    },
    host: {
      call: async (name: string) => answerOf(name),
      degraded: () => degraded,
      folderOf: () => folder,
      setting: (key: string) => prepareSettings.find((one) => one.key === key)?.initial ?? null,
      append: (draft: JsonObject) => void events.push(draft),
      log: { debug() {}, info() {}, warn() {}, error() {} },
    },
  } as unknown as CallContext;
  return provider.capability.output.parse(
    await provider.run(provider.capability.input.parse(args), context),
  ) as T;
}
const database = (): Database =>
  ({
    sql: (text: string) => state.prepare(text),
    transaction: (body: () => unknown) => body(),
  }) as unknown as Database;
const prepare = (message: JsonObject, answers: Readonly<Record<string, unknown>> = {}) =>
  call<Prepared>("mind.prepare", { session: "s", message }, answers);
const last = ({ messages }: Prepared): string => {
  const content = messages.at(-1)?.content ?? "";
  return typeof content === "string"
    ? content
    : content.map((part: LlmPart) => (part.type === "text" ? part.text : "")).join("\n");
};

test("a context is gathered from the folder and by calls in the caller's name, and told in the journal", async () => {
  writeFileSync(join(folder, "prompt.md"), "You are a gardener.");
  mkdirSync(join(folder, "skills", "pruning"), { recursive: true });
  writeFileSync(
    join(folder, "skills", "pruning", "SKILL.md"),
    "---\nname: Pruning\ndescription: How to prune roses.\n---\n# Pruning\nCut above a bud.",
  );
  const made = await prepare({ text: "What is my cat called?" });
  const system = String(made.messages[0]?.content);
  for (const part of ["You are a gardener.", "Never lie.", "pruning: How to prune roses."])
    expect(system).toContain(part);
  expect(system).not.toContain("Cut above a bud");
  expect(made.tools).toMatchObject([{ name: "fs_read", tool: "fs.read", effect: "read" }]);
  expect(last(made)).toContain("Miu");
  expect(made).toMatchObject({ budget_tokens: 24_000, tainted: false, correction: null });
  expect(events).toMatchObject([
    { kind: "recall.done", data: { recalled: [{ origin: "memory", id: "m1", score: 0.7, used: true }] } },
  ]);
  // Why it was found says words of it: that is not for the journal, which forgets nothing.
  expect(JSON.stringify(events)).not.toContain("why");
  expect(recalledOf(database(), "t1").recalled).toMatchObject([{ id: "m1", why: ["cat"], used: true }]);
});

test("parts that cannot be had are left out, and the model is told", async () => {
  const down = new FieldworkError("unavailable", "no");
  const made = await prepare(
    { text: "Hi" },
    { "tool.specs": down, "store.brain.search": down, "mind.lesson.recall": down },
  );
  expect(made.tools).toEqual([]);
  expect(last(made)).toContain("Not working now: memories (unavailable)");
  expect(last(made)).toContain("Not working now: tools (unavailable)");
});

test("what of the system does not work is told with the message, so that what stands before stays the same", async () => {
  const well = await prepare({ text: "Hi" });
  degraded = ["the modules weather (broken)"];
  const failing = { code: "model_unreachable", at: AT };
  const made = await prepare(
    { text: "Hi" },
    { "llm.status": { candidates: [candidate("big", { failing }), candidate("small")] } },
  );
  expect(last(made)).toContain("Not working now: the model big (model_unreachable)");
  expect(last(made)).toContain("Not working now: the modules weather (broken)");
  expect(made.messages.slice(0, -1)).toEqual(well.messages.slice(0, -1));
  const none = candidate("builtin", { dialect: "builtin" });
  expect(last(await prepare({ text: "Hi" }, { "llm.status": { candidates: [none] } }))).toContain(
    "Not working now: a model (none is connected)",
  );
});

test("a context is made for the window of the model that will be asked, with room for its answer", async () => {
  const small = { "llm.status": { candidates: [candidate("small", { context_tokens: 8192 })] } };
  const made = await prepare({ text: "Hi" }, small);
  expect(made.limit_tokens).toBe(8192 - 2048);
  expect(made.budget_tokens).toBeLessThan(made.limit_tokens as number);
  const long = await call<Prepared>(
    "mind.prepare",
    { session: "s", message: { text: "Hi" }, max_output_tokens: 4000 },
    small,
  );
  expect(long.limit_tokens).toBe(8192 - 4000);
  expect(await prepare({ text: "Hi" })).toMatchObject({ budget_tokens: 24_000, limit_tokens: null });
});

test("without its history there is no context", async () => {
  const failed = new FieldworkError("storage_failed", "the disk is full");
  await expect(prepare({ text: "Hi" }, { "session.history": failed })).rejects.toMatchObject({
    code: "storage_failed",
  });
});

test("nothing is searched for where nothing was said", async () => {
  await prepare({ text: "  " });
  expect(asked.map(({ cap }) => cap).sort()).toEqual(["session.history", "tool.specs"]);
});

test("what is tainted in it taints the turn", async () => {
  await prepare({ text: "Hi" }, { "store.brain.search": { hits: [{ ...HIT, tainted: true }], count: 1 } });
  expect(tainted).toBe(true);
});

test("the log's own mark of the message counts, not what the agent says of it", async () => {
  const entry = {
    n: 1,
    at: AT,
    kind: "message",
    message: { role: "user", content: "Hi" },
    turn: "t1",
    tainted: true,
    tokens: 5,
  };
  const made = await prepare(
    { text: "Hi", tainted: false, source: { kind: "channel", id: "mail" } },
    { "session.history": { entries: [entry], last: 1, summary: null } },
  );
  expect(last(made)).toContain('<untrusted from="channel:mail"');
  expect(made.tainted).toBe(true);
});

test("a skill is read whole by its folder's name, and nothing else is", async () => {
  mkdirSync(join(folder, "skills", "sewing"), { recursive: true });
  writeFileSync(
    join(folder, "skills", "sewing", "SKILL.md"),
    "---\ndescription: [broken\n---\nThread the needle.",
  );
  writeFileSync(join(folder, "SKILL.md"), "secret");
  expect(await call("skill.read", { name: "sewing" })).toMatchObject({
    name: "sewing",
    text: "Thread the needle.",
  });
  for (const name of ["none", "..", "../..", "sewing/../.."])
    await expect(call("skill.read", { name })).rejects.toMatchObject({ code: "not_found" });
});
