import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  type CallContext,
  type Database,
  FieldworkError,
  type JsonObject,
  type JsonValue,
  type Row,
  type SqlValue,
  scopeCovers,
} from "#contract";
import flowork from "./index.ts";
import { stateMigrations } from "./records.ts";

let folder: string;
let sqlite: DatabaseSync;
let grants: string[];
const call = vi.fn<(cap: string, args: JsonValue) => Promise<JsonValue>>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fw-flowork-"));
  mkdirSync(join(folder, "workspace"));
  sqlite = new DatabaseSync(join(folder, "a.db"));
  for (const { sql } of stateMigrations) sqlite.exec(sql);
  grants = ["http://127.0.0.1:1987/", "http://127.0.0.1:2402/"];
  call.mockReset().mockImplementation(async (cap) => (cap === "tool.specs" ? { tools: [] } : { ms: 1 }));
});
afterEach(() => {
  sqlite.close();
  rmSync(folder, { recursive: true, force: true });
});

const state: Database = {
  path: "",
  sql: (text) => ({
    get: (...values: readonly SqlValue[]) => sqlite.prepare(text).get(...values) as Row | undefined,
    all: (...values: readonly SqlValue[]) => sqlite.prepare(text).all(...values) as Row[],
    run: (...values: readonly SqlValue[]) => ({
      changes: Number(sqlite.prepare(text).run(...values).changes),
    }),
  }),
  transaction: (body) => body(),
  durable: async () => {},
};
const context = () =>
  ({
    caller: { id: "notes", tier: "guest" },
    host: { now: () => 0 },
    workspace: join(folder, "workspace"),
    state: () => state,
    allows: (target: string) => grants.some((scope) => scopeCovers("url", scope, target)),
    call,
  }) as unknown as CallContext;
async function ask(cap: string, args: JsonObject): Promise<Record<string, unknown>> {
  const provider = flowork.provides?.find((one) => one.capability.name === cap);
  if (!provider) throw new Error(cap);
  return (await provider.run(provider.capability.input.parse(args), context())) as Record<string, unknown>;
}
async function request(method: string, path: string, body?: JsonValue, headers: JsonObject = {}) {
  const url = path.startsWith("http") ? path : `http://127.0.0.1:1987${path}`;
  const text = body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)).toString("base64") };
  const got = await ask("flowork.fetch", { url, method, headers, ...text });
  return { status: got.status, body: JSON.parse(Buffer.from(String(got.body), "base64").toString()) };
}
const say = (content: string, more: JsonObject = {}) =>
  ask("flowork.interaction", { channel: "chat", direction: "in", actor: "ann", content, ...more });

test("nobody can be somebody else at the system's own addresses", async () => {
  await say("mine");
  const paths = ["/api/agents/interactions", "/api/agents/self-prompt/render", "/api/agents/tools/specs"];
  for (const path of paths) {
    for (const id of ["other", "owner", "NOTES", "notes%00", ""])
      expect((await request("GET", `${path}?id=${id}`)).status).toBe(403);
    expect((await request("GET", `${path}?id=notes&id=other`)).status).toBe(200);
    expect(
      (await request("GET", path, undefined, { "X-Agent-ID": "other", Authorization: "x" })).status,
    ).toBe(200);
  }
  expect((await request("GET", `${paths[0]}?id=notes`)).body).toMatchObject({
    count: 1,
    items: [{ content: "mine" }],
  });
});

test("a call through the own address goes to the counter as the caller, whatever it says of itself", async () => {
  const said = { cap: "time.now", args: { a: 1 }, caller: "owner", agent: "other", tier: "owner" };
  expect(await request("POST", "/api/kernel/call", said)).toEqual({ status: 200, body: { ms: 1 } });
  expect(call.mock.calls).toEqual([["time.now", { a: 1 }]]);
  call.mockRejectedValue(new FieldworkError("denied", "no grant"));
  expect(await request("POST", "/api/kernel/call", { cap: "exec.run" })).toEqual({
    status: 200,
    body: { error: "no grant" },
  });
  expect((await request("POST", "/api/kernel/call", { args: {} })).body).toEqual({ error: "cap is missing" });
});

test("the own addresses need their grant, and never leave the host", async () => {
  grants = ["https://a.example/"];
  await expect(request("GET", "/api/taskflow/categories")).rejects.toMatchObject({
    code: "denied",
    details: { missing_grant: "http.fetch:http://127.0.0.1:1987/api/taskflow/categories" },
  });
  grants = ["http://127.0.0.1:1987/api/taskflow/"];
  expect((await request("GET", "/api/taskflow/categories")).body).toEqual({ categories: [] });
  await expect(request("POST", "/api/kernel/call", {})).rejects.toMatchObject({ code: "denied" });
  await expect(request("GET", "http://ann@127.0.0.1:1987/api/taskflow/categories")).rejects.toMatchObject({
    code: "denied",
  });
  expect(call).not.toHaveBeenCalled();
});

test("any other address is fetched by the caller's own rights", async () => {
  call.mockResolvedValue({ status: 200, headers: {}, body: "", truncated: false });
  await ask("flowork.fetch", { url: "https://a.example/x", method: "post", body: "aGk=" });
  expect(call.mock.calls[0]).toMatchObject([
    "http.fetch",
    { url: "https://a.example/x", method: "POST", body_encoding: "base64" },
  ]);
  await expect(ask("flowork.fetch", { url: "nonsense" })).rejects.toMatchObject({ code: "invalid_input" });
});

test("what is not there is 404, and a body that is not JSON is 400", async () => {
  for (const [method, path] of [
    ["GET", "/api/none"],
    ["GET", "/api/kernel/call"],
    ["POST", "http://127.0.0.1:2402/v1/none"],
  ] as const)
    expect((await request(method, path)).status).toBe(404);
  const got = await ask("flowork.fetch", {
    url: "http://127.0.0.1:1987/api/kernel/call",
    method: "POST",
    body: "e3s=",
  });
  expect(got.status).toBe(400);
});

test("the prompt is made of the folder's own files, never through a link", async () => {
  writeFileSync(join(folder, "prompt.md"), "be kind");
  writeFileSync(join(folder, "secret"), "hidden");
  symlinkSync(join(folder, "secret"), join(folder, "doctrine.md"));
  writeFileSync(join(folder, "doktrin.md"), "é");
  expect((await request("GET", "/api/agents/self-prompt/render?id=notes")).body).toEqual({
    rendered: "be kind\n\né",
    slots_used: [],
    length_bytes: 11,
  });
});

test("interactions come back newest first, filtered, as many as asked for", async () => {
  for (let n = 0; n < 60; n++) await say(`m${n}`, { channel: n % 2 ? "chat" : "mail", metadata: { n } });
  const get = async (query: string) =>
    (await request("GET", `/api/agents/interactions?id=notes${query}`)).body;
  expect((await get("")).count).toBe(50);
  expect((await get("&limit=2")).items).toMatchObject([
    { content: "m59", metadata: { n: 59 } },
    { content: "m58" },
  ]);
  expect((await get("&limit=1000")).count).toBe(60);
  for (const [odd, count] of [
    ["2.9", 2],
    ["-5", 1],
    ["many", 50],
    ["1e99", 60],
    ["NaN", 50],
  ] as const)
    expect((await get(`&limit=${odd}`)).count).toBe(count);
  expect((await get("&channel=mail&limit=100")).count).toBe(30);
  expect((await get("&actor=bob")).count).toBe(0);
});

test("an answer larger than was asked for is cut, and said to be", async () => {
  await say("x".repeat(1000));
  const got = await ask("flowork.fetch", {
    url: "http://127.0.0.1:1987/api/agents/interactions",
    max_bytes: 100,
  });
  expect([Buffer.from(String(got.body), "base64").length, got.truncated]).toEqual([100, true]);
});

test("karma is counted, or averaged over all values", async () => {
  const give = async (op: string, value: number) =>
    (await ask("flowork.karma", { op, key: op, value })).current;
  expect([await give("increment", 2), await give("increment", -5)]).toEqual([2, -3]);
  expect([await give("average", 1), await give("average", 2), await give("average", 6)]).toEqual([1, 1.5, 3]);
});

test("karma keys have a limit that is told", async () => {
  const insert = sqlite.prepare("INSERT INTO flowork_karma VALUES (?, 1, 1)");
  sqlite.exec("BEGIN");
  for (let n = 0; n < 10_000; n++) insert.run(`k${n}`);
  sqlite.exec("COMMIT");
  await expect(ask("flowork.karma", { op: "increment", key: "more", value: 1 })).rejects.toMatchObject({
    code: "too_large",
  });
  expect((await ask("flowork.karma", { op: "increment", key: "k1", value: 1 })).current).toBe(2);
});

test("decisions are kept; the oldest beyond the limit go", async () => {
  const decide = () => ask("flowork.decision", { decision_type: "reply", inputs: { a: 1 } });
  expect(await decide()).toEqual({ ok: true, id: 1 });
  sqlite.exec(
    "UPDATE flowork_decisions SET id = 5; INSERT INTO flowork_decisions SELECT 10004, decision_type, rationale, outcome, inputs, ref_interaction_id, decided_at FROM flowork_decisions",
  );
  await decide();
  expect(
    sqlite
      .prepare("SELECT id FROM flowork_decisions ORDER BY id")
      .all()
      .map(({ id }) => id),
  ).toEqual([10_004, 10_005]);
});
