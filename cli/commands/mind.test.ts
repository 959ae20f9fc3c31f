import { describe, expect, test } from "vitest";
import { freshPlace, fw } from "../test/fw.ts";
import { KEYS, noPty, onTerminal } from "../test/pty.ts";
import { agentInfo, serve } from "../test/server.ts";

const at = "2026-11-20T08:00:00.000Z";
const hit = (more: object = {}) => ({
  id: "m1",
  content: "Ann drinks tea",
  wing: "home",
  room: null,
  kind: "fact",
  score: 0.8213,
  why: ["words", "speaker"],
  at,
  valid_from: null,
  valid_to: null,
  source: null,
  tainted: false,
  session: null,
  ...more,
});
const lesson = (more: object = {}) => ({
  id: "l1",
  situation: "sending a report",
  mistake: "sent it unread",
  better: "read it first",
  code: null,
  severity: "medium",
  karma: 1.5,
  hits: 2,
  state: "active",
  learned_at: at,
  last_recalled_at: null,
  tainted: false,
  ...more,
});
const model = (more: object = {}) => ({
  name: "local",
  dialect: "openai",
  base_url: "http://127.0.0.1:11434/v1",
  model: "qwen3:4b",
  has_key: false,
  detected: true,
  default: true,
  context_tokens: 32768,
  input_usd: null,
  output_usd: null,
  cache_read_usd: null,
  cache_write_usd: null,
  embeds: false,
  ...more,
});
const tool = (more: object = {}) => ({
  name: "fs.read",
  version: 1,
  title: "Read a file",
  summary: "Read a text file.",
  effect: "read",
  needs: ["fs.read"],
  runs: "anywhere",
  repeatable: true,
  input_schema: {
    type: "object",
    properties: { path: { type: "string", description: "Where" } },
    required: ["path"],
  },
  output_schema: { type: "object", properties: { text: { type: "string" } } },
  examples: [{ path: "a.txt" }],
  ...more,
});
const AGENTS = [
  agentInfo({ id: "field", display_name: "Field" }),
  agentInfo({ id: "notes", display_name: "Note Taker" }),
];
const info = (more: object = {}) => ({
  session: "s1",
  agent: "field",
  title: "The garden",
  entries: 3,
  created_at: at,
  last_at: at,
  pinned: true,
  archived: false,
  turn: "running",
  ...more,
});
const entry = (n: number, message: object, more: object = {}) => ({
  n,
  at,
  kind: "message",
  message,
  turn: "t1",
  tainted: false,
  tokens: 5,
  ...more,
});
const done = { ok: true };

describe("each verb asks for one capability, prints its result as JSON and as text", () => {
  test.each([
    {
      args: ["memory", "add", "Ann drinks tea", "--wing", "home", "--importance", "0.5", "--agent", "notes"],
      cap: "memory.add",
      asks: { agent: "notes", memories: [{ content: "Ann drinks tea", wing: "home", importance: 0.5 }] },
      gives: { added: 1, ids: ["m1"] },
      says: /^notes remembers it as m1\.\n$/,
    },
    {
      args: ["memory", "add", "Ann drinks tea"],
      cap: "memory.add",
      asks: { agent: "field", memories: [{ content: "Ann drinks tea" }] },
      gives: { added: 0, ids: ["m1"] },
      says: /knew that already/,
    },
    {
      args: ["memory", "search", "what does Ann drink?", "--k", "3", "--as-of", at],
      cap: "memory.search",
      asks: { agent: "field", query: "what does Ann drink?", k: 3, as_of: at },
      gives: { hits: [hit({ tainted: true })], count: 1 },
      says: /0\.82 {2}Ann drinks tea\n {6}m1 · fact · home · .* · found by words, speaker · from outside/,
    },
    {
      args: ["memory", "search", "nothing"],
      cap: "memory.search",
      asks: { agent: "field", query: "nothing" },
      gives: { hits: [], count: 0 },
      says: /Nothing is remembered/,
    },
    {
      args: ["memory", "list", "--limit", "2", "--before", "m9"],
      cap: "memory.list",
      asks: { agent: "field", limit: 2, before: "m9" },
      gives: { hits: [hit({ content: "two\nlines" })], count: 1, next: null },
      says: /^two\n {6}lines\n/,
    },
    {
      args: ["memory", "forget", "m1"],
      cap: "memory.forget",
      asks: { agent: "field", ids: ["m1"] },
      gives: { forgotten: 1 },
      says: /1 memory is forgotten/,
    },
    {
      args: ["memory", "forget", "--query", "tea", "--yes"],
      cap: "memory.forget",
      asks: { agent: "field", query: "tea" },
      gives: { forgotten: 4 },
      says: /4 memories are forgotten/,
    },
    {
      args: ["memory", "dream", "--budget-usd", "0.05"],
      cap: "mind.dream",
      asks: { agent: "field", budget_usd: 0.05 },
      gives: { insights: 1, read: 40, cost_usd: 0.01, problem: null },
      says: /1 insight from 40 memories\. It cost 0\.01 US dollars/,
    },
    {
      args: ["memory", "edit", "m1", "Ann drinks coffee", "--wing", ""],
      cap: "memory.edit",
      asks: { agent: "field", id: "m1", content: "Ann drinks coffee", wing: null },
      gives: { id: "m7", superseded: "m1" },
      says: /m7 takes the place of m1/,
    },
    {
      args: ["memory", "show", "m7"],
      cap: "memory.show",
      asks: { agent: "field", id: "m7" },
      gives: {
        memory: hit({ id: "m7", importance: 0.5, superseded_by: null }),
        origin: { source: "mail", session: "s1", speaker: "Ann", position: 3 },
        versions: [
          { id: "m1", content: "Ann drinks milk", valid_from: at, valid_to: at },
          { id: "m7", content: "Ann drinks tea", valid_from: at, valid_to: null },
        ],
        supersedes: [],
        superseded_by: null,
        embedding: { model: "e", dimensions: 384 },
        drawn_from: [],
        insights: [],
      },
      says: /Ann drinks tea[\s\S]*mail · s1 · Ann · turn 3[\s\S]*384 numbers by e[\s\S]*Ann drinks milk/,
    },
    {
      args: ["memory", "insights"],
      cap: "insight.list",
      asks: { agent: "field" },
      gives: {
        insights: [{ ...hit(), sources: 2, drawn_from: [hit({ id: "m3" }), hit({ id: "m2" })] }],
        next: null,
      },
      says: /from 2 memories: m3, m2/,
    },
    {
      args: ["lesson", "show", "l1"],
      cap: "lesson.show",
      asks: { agent: "field", id: "l1" },
      gives: {
        lesson: lesson(),
        history: [{ at, event: "helped", karma: 2, turn: "t1", session: null }],
      },
      says: /helped +2\.00 +t1/,
    },
    {
      args: ["doctrine", "set", "field", "Never lie [sacred]"],
      cap: "doctrine.set",
      asks: { agent: "field", text: "Never lie [sacred]" },
      gives: { rules: [{ id: "r1", text: "Never lie", amplitude: 1, sacred: true }], file: "doktrin.md" },
      says: /field holds to 1 rule now, in doktrin\.md/,
    },
    {
      args: ["graph", "show", "Mia", "--depth", "1"],
      cap: "graph.show",
      asks: { agent: "field", around: "Mia", depth: 1 },
      gives: {
        nodes: [],
        edges: [
          {
            id: "f2",
            subject: "Mia",
            predicate: "lives in",
            object: "Kiel",
            valid_from: at,
            valid_to: null,
            source: null,
            from: "mia",
            to: "kiel",
            tainted: false,
            memory: null,
            contradicts: [
              {
                id: "f1",
                subject: "Mia",
                predicate: "lives in",
                object: "Ulm",
                valid_from: at,
                valid_to: at,
                source: null,
              },
            ],
          },
        ],
        truncated: false,
      },
      says: /Mia — lives in → Kiel {2}f2[\s\S]*until then: Ulm {2}f1/,
    },
    {
      args: ["graph", "retire", "f2"],
      cap: "graph.retire",
      asks: { agent: "field", id: "f2" },
      gives: { ok: true },
      says: /f2 holds no longer/,
    },
    {
      args: ["lesson", "list", "--all"],
      cap: "lesson.list",
      asks: { agent: "field", all: true },
      gives: { lessons: [lesson()] },
      says: /l1 {2}active · karma 1\.50 · medium · learned 2 times[\s\S]*better +read it first/,
    },
    {
      args: ["lesson", "add", "--situation", "a", "--mistake", "b", "--better", "c", "--severity", "high"],
      cap: "lesson.add",
      asks: { agent: "field", situation: "a", mistake: "b", better: "c", severity: "high" },
      gives: { id: "l1", hits: 1 },
      says: /It is learned: l1/,
    },
    {
      args: ["lesson", "retire", "l1", "--undo"],
      cap: "lesson.retire",
      asks: { agent: "field", id: "l1", active: true },
      gives: done,
      says: /active again/,
    },
    {
      args: ["doctrine", "field"],
      cap: "doctrine.list",
      asks: { agent: "field" },
      gives: {
        rules: [{ id: "r1", text: "Never lie", amplitude: 1, sacred: true }],
        file: "doktrin.md",
        text: "- Never lie [sacred]",
      },
      says: /r1 +sacred +Never lie/,
    },
    {
      args: ["session", "list", "--agent", "field", "--archived"],
      cap: "session.list",
      asks: { agent: "field", archived: true },
      gives: { sessions: [info()] },
      says: /s1 +field .* 3 +running +★ The garden/,
    },
    {
      args: ["session", "list"],
      cap: "session.list",
      asks: {},
      gives: { sessions: [info({ agent: "notes", turn: "waiting", waits_for: "approval" })] },
      says: /s1 +Note Taker \(notes\) .*waits: approval/,
    },
    {
      args: ["session", "search", "peas", "--agent", "notes", "--limit", "5"],
      cap: "session.search",
      asks: { query: "peas", agent: "notes", limit: 5 },
      gives: {
        found: [
          {
            session: "s1",
            agent: "notes",
            title: "The garden",
            archived: true,
            last_at: at,
            places: [{ n: 4, at, who: "agent", excerpt: "…sow peas in March", marks: [{ from: 5, to: 9 }] }],
          },
        ],
        more: true,
        left: 2,
      },
      says: /The garden {2}Note Taker \(notes\) · s1 · .* · archived\n {2}4 {2}…sow peas in March\n\nThere is more[\s\S]*2 older messages/,
    },
    {
      args: ["session", "show", "s1", "--after", "1"],
      cap: "session.show",
      asks: { agent: "field", session: "s1", after: 1 },
      gives: {
        info: info({ entries: 9 }),
        entries: [
          entry(2, { role: "user", content: "What grows?" }),
          entry(3, {
            role: "assistant",
            content: [
              { type: "thinking", text: "hm" },
              { type: "tool_call", id: "c", name: "fs.read", args: "{}" },
            ],
          }),
          entry(
            4,
            {
              role: "tool",
              content: [{ type: "tool_result", id: "c", content: [{ type: "text", text: "peas" }] }],
            },
            { tainted: true },
          ),
        ],
        more: true,
        turns: [],
        live: { turn: "t1", completion: 1, text: "Peas gr", thinking: "", tools: [] },
      },
      says: /The garden[\s\S]*user[\s\S]*What grows\?[\s\S]*⚙ fs\.read \{\}[\s\S]*from outside\n✓ peas[\s\S]*just now\nPeas gr[\s\S]*--after 4/,
    },
    {
      args: ["session", "rename", "s1", "Peas"],
      cap: "session.change",
      asks: { agent: "field", session: "s1", title: "Peas" },
      gives: done,
      says: /called Peas/,
    },
    {
      args: ["session", "pin", "s1"],
      cap: "session.change",
      asks: { agent: "field", session: "s1", pinned: true },
      gives: done,
      says: /is pinned/,
    },
    {
      args: ["session", "archive", "s1", "--undo"],
      cap: "session.change",
      asks: { agent: "field", session: "s1", archived: false },
      gives: done,
      says: /is back/,
    },
    {
      args: ["session", "branch", "s1", "--upto", "4"],
      cap: "session.branch",
      asks: { agent: "field", session: "s1", upto: 4 },
      gives: { session: "s1.b" },
      says: /fw chat field --session s1\.b/,
    },
    {
      args: ["session", "stop", "s1"],
      cap: "turn.stop",
      asks: { agent: "field", session: "s1" },
      gives: { stopped: true },
      says: /told to stop/,
    },
    {
      args: ["question", "list"],
      cap: "question.list",
      asks: {},
      gives: {
        questions: [
          {
            id: "q1",
            agent: "field",
            session: "s1",
            question: "Which?",
            options: ["red", "blue"],
            asked_at: at,
          },
        ],
      },
      says: /q1 {2}field · s1[\s\S]*Which\?[\s\S]*2\. blue/,
    },
    {
      args: ["question", "answer", "q1", "blue"],
      cap: "question.answer",
      asks: { id: "q1", answer: "blue" },
      gives: done,
      says: /answered/,
    },
    {
      args: ["model", "list"],
      cap: "model.list",
      asks: {},
      gives: { models: [model()] },
      says: /✓ +local +openai +qwen3:4b +http:\/\/127\.0\.0\.1:11434\/v1 +found here +32768 +- \/ -/,
    },
    {
      args: ["model", "remove", "local"],
      cap: "model.remove",
      asks: { name: "local" },
      gives: done,
      says: /is removed/,
    },
    {
      args: ["model", "detect"],
      cap: "model.detect",
      asks: {},
      gives: { models: [model()] },
      says: /fw model use local/,
    },
    {
      args: ["model", "test", "local"],
      cap: "model.test",
      asks: { name: "local" },
      gives: { ok: true, text: "Hello", ms: 12.4, code: null, remedy: null },
      says: /✓ Hello {2}12 ms/,
    },
    {
      args: ["model", "use", "a,b", "--agent", "field"],
      cap: "model.use",
      asks: { model: "a,b", agent: "field" },
      gives: done,
      says: /field uses a,b now/,
    },
    {
      args: ["model", "usage", "--days", "2"],
      cap: "model.usage",
      asks: { days: 2 },
      gives: {
        usage: [
          {
            day: "2026-11-20",
            agent: "field",
            model: "a",
            calls: 2,
            input_tokens: 10,
            output_tokens: 5,
            cost_usd: 0.5,
          },
        ],
        budgets: [
          {
            agent: "field",
            day_usd: 1,
            spent_usd: 0.5,
            reserved_usd: 0.1,
            day_tokens: null,
            spent_tokens: 15,
          },
        ],
      },
      says: /2026-11-20 +field +a +2 +10 +5 +0\.5000[\s\S]*2 calls, 0\.5000 USD[\s\S]*field +0\.6000 of 1 USD/,
    },
    {
      args: ["model", "key", "editor"],
      cap: "model.key",
      asks: { name: "editor", revoke: false },
      gives: { key: "fw-secret" },
      says: /^fw-secret\n$/,
    },
    {
      args: ["tool", "list"],
      cap: "tool.specs",
      asks: { all: true },
      gives: { tools: [tool()] },
      says: /fs\.read +read +Read a text file/,
    },
    {
      args: ["tool", "search", "read a file", "--k", "2"],
      cap: "tool.search",
      asks: { query: "read a file", k: 2 },
      gives: { tools: [tool({ score: 1 })] },
      says: /fs\.read/,
    },
    {
      args: ["tool", "run", "fs.read", '{"path":"a.txt"}'],
      cap: "tool.run",
      asks: { name: "fs.read", args: { path: "a.txt" } },
      gives: { output: { text: "peas" }, tainted: false },
      says: /"text": "peas"/,
    },
  ])("fw $args", async ({ args, cap, asks, gives, says }) => {
    const { home } = freshPlace();
    const server = await serve(home, { "agent.list": () => ({ agents: AGENTS }), [cap]: () => gives });
    const [plain, json] = await Promise.all([fw(args, { home }), fw([...args, "--json"], { home })]);
    expect(plain).toMatchObject({ code: 0 });
    expect(plain.stdout).toMatch(says);
    expect(json.json()).toEqual(gives);
    expect(json.stderr).toBe("");
    // Tables ask for the names of agents besides.
    expect(server.calls.filter((call) => call.cap !== "agent.list")).toEqual([
      { cap, args: asks },
      { cap, args: asks },
    ]);
  });
});

test("`fw tool show` tells what a tool takes, and gives its spec as JSON", async () => {
  const { home } = freshPlace();
  await serve(home, { "tool.specs": () => ({ tools: [tool()] }) });
  const { stdout } = await fw(["tool", "show", "fs.read"], { home });
  expect(stdout).toMatch(/path +string +required +Where[\s\S]*fw tool run fs\.read '\{"path":"a\.txt"\}'/);
  expect((await fw(["tool", "show", "fs.read", "--json"], { home })).json()).toEqual(tool());
});

test("the key of a model comes from standard input and never stands among the arguments", async () => {
  const { home } = freshPlace();
  const server = await serve(home, { "model.add": () => model({ has_key: true, default: false }) });
  const args = ["model", "add", "big", "--dialect", "anthropic", "--base-url", "https://x", "--model", "m"];
  const { code, stdout } = await fw(
    [...args, "--key-stdin", "--price-in", "3", "--price-out", "1.5", "--context", "1000"],
    {
      home,
      input: "sk-secret\n",
    },
  );
  expect(code).toBe(0);
  expect(stdout).not.toContain("sk-secret");
  expect(server.calls[0]?.args).toEqual({
    name: "big",
    dialect: "anthropic",
    base_url: "https://x",
    model: "m",
    key: "sk-secret",
    input_usd: 3,
    output_usd: 1.5,
    context_tokens: 1000,
  });
});

test("what was found to be bad ends with 1", async () => {
  const { home } = freshPlace();
  await serve(home, {
    "model.test": () => ({
      ok: false,
      text: "bad key",
      ms: 3,
      code: "model_auth",
      remedy: "Set another key.",
    }),
    "memory.forget": () => ({ forgotten: 0 }),
    "turn.stop": () => ({ stopped: false }),
  });
  const tested = await fw(["model", "test", "a"], { home });
  expect(tested).toMatchObject({ code: 1, stdout: "✗ bad key  3 ms · model_auth\nSet another key.\n" });
  expect((await fw(["memory", "forget", "m1"], { home })).code).toBe(1);
  expect((await fw(["session", "stop", "s1"], { home })).code).toBe(1);
});

test.each([
  [["memory", "forget"], "Nothing is named"],
  [["memory", "forget", "m1", "--query", "x"], "Only one way"],
  [["memory", "forget", "--query", "x"], "--yes"],
  [["memory", "add", "x", "--importance", "2"], "from 0 to 1"],
  [["lesson", "add", "--situation", "x"], "--mistake and --better"],
  [
    ["lesson", "add", "--situation", "x", "--mistake", "y", "--better", "z", "--severity", "huge"],
    "no severity",
  ],
  [["model", "add", "x"], "--dialect and --base-url and --model"],
  [["model", "add", "x", "--dialect", "cobol", "--base-url", "u", "--model", "m"], "no dialect"],
  [
    ["model", "add", "x", "--dialect", "openai", "--base-url", "u", "--model", "m", "--price-in", "-1"],
    "--price-in",
  ],
  [["session", "branch", "s1"], "where to branch"],
  [["tool", "run", "fs.read", "[1]"], "not a JSON object"],
  [["chat"], "Nobody is there"],
  [["chat", "--json"], "not one JSON document"],
  [["chat", "-m", " "], "no message"],
  [["chat", "-m", "x", "--session", "a b"], "cannot be a conversation's name"],
])("%j is wrong use", async (args, said) => {
  const { home } = freshPlace();
  const { code, stdout, stderr } = await fw(args, { home });
  expect({ code, stdout: args.includes("--json") ? "" : stdout }).toEqual({ code: 2, stdout: "" });
  expect(args.includes("--json") ? stdout : stderr).toContain(said);
});

test.skipIf(noPty).each([
  ["y", 1],
  ["n", 0],
])("forgetting many asks first; %s", async (typed, times) => {
  const { home } = freshPlace();
  const server = await serve(home, { "memory.forget": () => ({ forgotten: 2 }) });
  const terminal = onTerminal(["memory", "forget", "--query", "tea"], home);
  await terminal.sees("for good? [y/N]");
  terminal.type(typed + KEYS.enter);
  expect(await terminal.exited).toBe(times === 1 ? 0 : 1);
  expect(server.calls.length).toBe(times);
});
