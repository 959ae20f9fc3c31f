import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FieldworkError } from "#contract";
import { freshPlace, fw } from "../test/fw.ts";
import { agentInfo, health, serve } from "../test/server.ts";

const mail = (more: object) => ({
  id: "m1",
  to: "notes",
  function: "handle_message",
  session: "s",
  source: { kind: "owner", id: "owner" },
  trace: "t9",
  payload: { text: "hello" },
  state: "done",
  attempts: 1,
  tainted: false,
  attended: true,
  at: "2026-11-20T08:00:00.000Z",
  finished_at: null,
  ...more,
});
const approval = {
  id: "ap1",
  module: "notes",
  capability: "http.fetch",
  targets: ["https://example.com/"],
  args: { url: "https://example.com/" },
  args_hash: "0".repeat(64),
  reason: "network needs approval",
  state: "waiting",
  asked_at: "2026-11-20T08:00:00.000Z",
  expires_at: "2026-11-21T08:00:00.000Z",
  decided_at: null,
  trace: "t1",
};

describe("each verb asks for one capability, prints its result as JSON and as text", () => {
  test.each([
    {
      args: ["agent", "list"],
      cap: "agent.list",
      asks: {},
      gives: { agents: [agentInfo()] },
      says: /notes +agent +1\.0\.0 +ready +Notes/,
    },
    {
      args: ["agent", "list", "--kind", "tool"],
      cap: "agent.list",
      asks: { kind: "tool" },
      gives: { agents: [] },
      says: /There are none/,
    },
    {
      args: ["agent", "show", "notes"],
      cap: "agent.show",
      asks: { id: "notes" },
      gives: agentInfo(),
      says: /Keeps notes[\s\S]*count/,
    },
    {
      args: ["agent", "new", "notes", "--name", "My notes"],
      cap: "agent.new",
      asks: { id: "notes", display_name: "My notes" },
      gives: agentInfo({ state: "new" }),
      says: /fw agent approve notes/,
    },
    {
      args: ["agent", "enable", "notes"],
      cap: "agent.enable",
      asks: { id: "notes" },
      gives: agentInfo(),
      says: /notes may run/,
    },
    {
      args: ["agent", "disable", "notes"],
      cap: "agent.disable",
      asks: { id: "notes" },
      gives: agentInfo(),
      says: /stopped/,
    },
    {
      args: ["agent", "remove", "notes"],
      cap: "agent.remove",
      asks: { id: "notes", purge: false },
      gives: { ok: true },
      says: /trash/,
    },
    {
      args: ["agent", "remove", "notes", "--purge", "--yes"],
      cap: "agent.remove",
      asks: { id: "notes", purge: true },
      gives: { ok: true },
      says: /deleted/,
    },
    {
      args: ["agent", "export", "notes"],
      cap: "agent.export",
      asks: { id: "notes" },
      gives: { path: "/x/notes.zip", bytes: 2048, sha256: "ab" },
      says: /notes\.zip +2\.0 KiB/,
    },
    {
      args: ["agent", "config", "notes", "--memory-max-mb", "128", "--policy", "exec=deny"],
      cap: "agent.config",
      asks: { id: "notes", set: { memory_max_mb: 128, policy: { exec: "deny" } } },
      gives: { memory_max_mb: 128, timeout_call_ms: 1, fuel_per_call: 1, policy: { exec: "deny" } },
      says: /policy exec +deny/,
    },
    {
      args: ["agent", "call", "notes", "hello", "--session", "s"],
      cap: "message.send",
      asks: { to: "notes", text: "hello", wait: true, session: "s" },
      gives: { id: "m1", session: "s", trace: "t9", mail: mail({ reply: { reply: "hi" } }) },
      says: /^hi\n$/,
    },
    {
      args: ["agent", "call", "notes", '{"n":2}', "--function", "count"],
      cap: "module.invoke",
      asks: { id: "notes", function: "count", args: { n: 2 } },
      gives: { reply: { count: 2 }, tainted: false },
      says: /"count": 2/,
    },
    {
      args: ["grant", "list", "notes"],
      cap: "grant.list",
      asks: { module: "notes" },
      gives: {
        grants: [{ module: "notes", capability: "fs.read", scope: "/d", given_at: "2026-11-20T08:00:00Z" }],
      },
      says: /fs\.read +\/d +2026-11-20 08:00:00/,
    },
    {
      args: ["grant", "give", "notes", "fs.read:/d"],
      cap: "grant.give",
      asks: { module: "notes", grant: "fs.read:/d" },
      gives: { ok: true },
      says: /notes may now/,
    },
    {
      args: ["grant", "take", "notes", "fs.read:/d"],
      cap: "grant.take",
      asks: { module: "notes", grant: "fs.read:/d" },
      gives: { taken: 1 },
      says: /1 grant taken/,
    },
    {
      args: ["approval", "list"],
      cap: "approval.list",
      asks: { all: false },
      gives: { approvals: [approval] },
      says: /notes wants http\.fetch/,
    },
    {
      args: ["approval", "give", "ap1"],
      cap: "approval.give",
      asks: { id: "ap1" },
      gives: approval,
      says: /may make this one call/,
    },
    {
      args: ["approval", "refuse", "ap1"],
      cap: "approval.refuse",
      asks: { id: "ap1" },
      gives: approval,
      says: /may not/,
    },
    { args: ["call", "time.now"], cap: "time.now", asks: {}, gives: { ms: 1, iso: "x" }, says: /"iso": "x"/ },
    {
      args: ["call", "agent.show", "-"],
      input: '{"id":"notes"}',
      cap: "agent.show",
      asks: { id: "notes" },
      gives: agentInfo(),
      says: /"Keeps notes\."/,
    },
    {
      args: ["secret", "set", "key", "--stdin", "--host", "a.example"],
      input: "pa ss\n",
      cap: "secret.set",
      asks: { name: "key", value: "pa ss", hosts: ["a.example"] },
      gives: { ok: true },
      says: /^key is kept/,
    },
    {
      args: ["secret", "list"],
      cap: "secret.list",
      asks: {},
      gives: { secrets: [{ name: "key", hosts: [], updated_at: "2026-11-20T08:00:00Z" }] },
      says: /key +any granted/,
    },
    {
      args: ["secret", "delete", "key"],
      cap: "secret.delete",
      asks: { name: "key" },
      gives: { deleted: true },
      says: /deleted/,
    },
    { args: ["secret", "rotate"], cap: "secret.rotate", asks: {}, gives: { rotated: 2 }, says: /2 secrets/ },
    {
      args: ["setting", "list"],
      cap: "setting.list",
      asks: {},
      gives: { settings: [{ key: "a.b", value: 2, default: 1, summary: "What" }] },
      says: /a\.b +2 +1 +What/,
    },
    {
      args: ["setting", "set", "a.b", "[1]"],
      cap: "setting.set",
      asks: { key: "a.b", value: [1] },
      gives: { ok: true },
      says: /a\.b is \[1\]/,
    },
    {
      args: ["setting", "set", "a.b", "plain"],
      cap: "setting.set",
      asks: { key: "a.b", value: "plain" },
      gives: { ok: true },
      says: /"plain"/,
    },
    {
      args: ["message", "list", "notes", "--limit", "2"],
      cap: "message.list",
      asks: { to: "notes", limit: 2 },
      gives: { messages: [mail({})] },
      says: /done +owner owner +handle_message/,
    },
    {
      args: ["setup", "--owner", "ada", "--password-stdin"],
      input: "correct horse\n",
      cap: "system.setup",
      asks: { owner: "ada", password: "correct horse" },
      gives: { ok: true },
      says: /account of ada/,
    },
    {
      args: ["reseal", "--password-stdin"],
      input: "correct horse",
      cap: "system.reseal",
      asks: { password: "correct horse" },
      gives: { files: 9 },
      says: /9 files/,
    },
    {
      args: ["backup", "--to", "/x/b"],
      cap: "system.backup",
      asks: { to: "/x/b" },
      gives: { path: "/x/b", bytes: 1, files: 1 },
      says: /^\/x\/b\n1 file, 1 byte/,
    },
    {
      args: ["journal", "--kind", "module.*", "--limit", "5"],
      cap: "journal.query",
      asks: { kind: "module.*", limit: 5, newest: true },
      gives: { events: [], last_seq: 0 },
      says: /^$/,
    },
    {
      args: ["journal", "--verify"],
      cap: "journal.verify",
      asks: {},
      gives: { ok: true, events: 7, first_bad: null, problem: null },
      says: /7 events holds/,
    },
  ] as const)("fw $args", async (row) => {
    const { home } = freshPlace();
    const server = await serve(home, { [row.cap]: () => row.gives });
    const options = { home, ...("input" in row ? { input: row.input } : {}) };
    const json = await fw([...row.args, "--json"], options);
    expect(json.stderr).toBe("");
    expect(json.code).toBe(0);
    expect(json.json()).toEqual(row.gives);
    const text = await fw(row.args, options);
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(row.says);
    // Tables ask for the names of agents besides.
    expect(server.calls.filter(({ cap }) => cap === row.cap || cap !== "agent.list")).toEqual([
      { cap: row.cap, args: row.asks },
      { cap: row.cap, args: row.asks },
    ]);
  });
});

describe("an error of the server", () => {
  const script = {
    "agent.show": () => {
      throw new FieldworkError("module_invalid", "Two \x1b[31mproblems", {
        details: { problems: ["a: bad", "b: worse"] },
      });
    },
  };

  test("goes to standard error with its remedy and every problem, neutralised", async () => {
    const { home } = freshPlace();
    await serve(home, script);
    const { code, stdout, stderr } = await fw(["agent", "show", "notes"], { home });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      "error: Two problems\n  - a: bad\n  - b: worse\nremedy: Mend every problem listed in the details.\n",
    );
  });

  test("is the one JSON document with --json", async () => {
    const { home } = freshPlace();
    await serve(home, script);
    const ran = await fw(["agent", "show", "notes", "--json"], { home });
    expect(ran.code).toBe(1);
    expect(ran.json()).toMatchObject({
      error: { code: "module_invalid", details: { problems: ["a: bad", "b: worse"] } },
    });
  });

  test("about an unknown capability says which was meant", async () => {
    const { home } = freshPlace();
    await serve(home, {});
    expect((await fw(["call", "agent.lst"], { home })).stderr).toContain("Did you mean agent.list?");
  });
});

test("a message that failed ends with 1 and names the trace", async () => {
  const { home } = freshPlace();
  await serve(home, {
    "message.send": () => ({
      id: "m1",
      session: "s",
      trace: "t9",
      mail: mail({ state: "failed", error: { message: "no fuel" } }),
    }),
  });
  const { code, stderr } = await fw(["agent", "call", "notes", "hi"], { home });
  expect(code).toBe(1);
  expect(stderr).toMatch(/notes failed: no fuel[\s\S]*fw journal --trace t9/);
});

test("what an agent says cannot control the terminal", async () => {
  const { home } = freshPlace();
  const reply = { reply: "ok\x1b]52;c;cm0=\x07\x9b2J\ndone" };
  await serve(home, {
    "message.send": () => ({ id: "m1", session: "s", trace: "t9", mail: mail({ reply }) }),
  });
  expect((await fw(["agent", "call", "notes", "hi"], { home })).stdout).toBe("ok\ndone\n");
  const json = await fw(["agent", "call", "notes", "hi", "--json"], { home });
  expect(json.stdout).not.toMatch(/[\x1b\x9b]/);
  expect(json.json()).toMatchObject({ mail: { reply } });
});

describe("status", () => {
  test("tells what is degraded and how to mend it", async () => {
    const { home } = freshPlace();
    const { url } = await serve(home, {
      "system.health": () =>
        health({
          state: "degraded",
          problems: [{ part: "journal", what: "slow disk", remedy: "Get a faster one." }],
        }),
    });
    const { code, stdout } = await fw(["status"], { home });
    expect(code).toBe(0);
    expect(stdout).toMatch(/degraded[\s\S]*! journal: slow disk\n {2}Get a faster one\./);
    expect((await fw(["status", "--json"], { home })).json()).toMatchObject({
      running: true,
      url,
      state: "degraded",
    });
  });
});

describe("the token", () => {
  test("is not sent to whoever has the port of a server that is gone", async () => {
    const { home } = freshPlace();
    const server = await serve(home, { "time.now": () => ({ ms: 1, iso: "x" }) });
    const run = { pid: 4_194_303, host: "127.0.0.1", port: Number(new URL(server.url).port) };
    writeFileSync(join(home, "run", "server.json"), JSON.stringify(run));
    const { code, stderr } = await fw(["call", "time.now"], { home });
    expect(code).toBe(1);
    expect(stderr).toContain("The server is not running");
    expect(server.calls).toEqual([]);
  });

  test("is not sent to another program that has the process id and the port now", async () => {
    const { home } = freshPlace();
    const server = await serve(home, { "time.now": () => ({ ms: 1, iso: "x" }) });
    const run = {
      pid: process.pid,
      host: "127.0.0.1",
      port: Number(new URL(server.url).port),
      instance: "an earlier one",
    };
    writeFileSync(join(home, "run", "server.json"), JSON.stringify(run));
    expect((await fw(["call", "time.now"], { home })).stderr).toContain("The server is not running");
    expect((await fw(["status", "--json"], { home })).json()).toEqual({ running: false, home });
    expect(server.calls).toEqual([]);
  });

  test("that is wrong is an error with a remedy", async () => {
    const { home } = freshPlace();
    await serve(home, {});
    writeFileSync(join(home, "run", "token"), "another");
    expect((await fw(["call", "time.now", "--json"], { home })).json()).toMatchObject({
      error: { code: "unauthenticated" },
    });
  });
});

test("a server that is stuck is said to be so, within seconds", async () => {
  const { home } = freshPlace();
  await serve(home, {}, { silent: true });
  const { code, stderr } = await fw(["status"], { home });
  expect(code).toBe(1);
  expect(stderr).toMatch(/does not answer[\s\S]*logs\/server\.log/);
});

test("an answer that is not what the catalogue says is refused, not printed", async () => {
  const { home } = freshPlace();
  await serve(home, { "agent.list": () => ({ agents: "none" }) });
  const { code, stderr } = await fw(["agent", "list"], { home });
  expect(code).toBe(1);
  expect(stderr).toContain("a form that this fw does not know");
});

test.each([
  ["agent", "show", "notes"],
  ["grant", "list"],
  ["journal", "--follow"],
  ["secret", "list"],
  ["call", "time.now"],
])("without a server `fw %s %s` says how to start it", async (...args) => {
  const { home } = freshPlace();
  const { code, stderr } = await fw(args, { home });
  expect(code).toBe(1);
  expect(stderr).toBe("error: The server is not running.\nremedy: Start it with ./start.sh or `fw start`.\n");
});
