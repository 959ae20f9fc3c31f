import { describe, expect, test } from "vitest";
import { CAPABILITIES, ERRORS, FieldworkError, fail, succeed } from "#contract";
import { ROUTES } from "./index.ts";
import { serve } from "./test/server.ts";

describe("POST /api/call", () => {
  test("calls as the owner and answers the reply", async () => {
    const { post, calls } = await serve(({ args }) => succeed({ echo: args as never }));
    const response = await post("/api/call", { cap: "time.now", args: { a: [1, "ü"] } });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true, result: { echo: { a: [1, "ü"] } } });
    expect(calls).toMatchObject([{ caller: { id: "owner", tier: "owner" }, cap: "time.now" }]);
  });

  test("without args passes an empty object", async () => {
    const { post, calls } = await serve();
    await post("/api/call", { cap: "time.now" });
    expect(calls[0]?.args).toEqual({});
  });

  test.each(Object.entries(ERRORS))("answers %s with its status", async (code, { status }) => {
    const { post } = await serve(() => fail(new FieldworkError(code as never, "so it is")));
    const response = await post("/api/call", { cap: "x" });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ ok: false, error: { code, message: "so it is" } });
  });

  test("says how long to wait in the standard header too", async () => {
    const { post } = await serve(() =>
      fail(new FieldworkError("rate_limited", "slowly", { details: { retry_after_ms: 1500 } })),
    );
    expect((await post("/api/call", { cap: "x" })).headers.get("retry-after")).toBe("2");
  });

  test("answers 100 calls side by side, each its own", async () => {
    const { post } = await serve(async ({ args }) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50));
      return succeed(args as never);
    });
    const numbers = Array.from({ length: 100 }, (_, n) => n);
    const replies = await Promise.all(
      numbers.map(async (n) => (await post("/api/call", { cap: "x", args: { n } })).json()),
    );
    expect(replies).toEqual(numbers.map((n) => ({ ok: true, result: { n } })));
  });

  test("tells the kernel when the client goes away", async () => {
    const heard = Promise.withResolvers<unknown>();
    const { ask, calls } = await serve(({ signal }) => {
      signal?.addEventListener("abort", () => heard.resolve(signal.reason));
      return new Promise(() => {});
    });
    const leave = new AbortController();
    const asked = ask("/api/agents", { signal: leave.signal }).catch(() => "left");
    await expect.poll(() => calls.length).toBe(1);
    leave.abort();
    expect(await asked).toBe("left");
    expect(await heard.promise).toMatchObject({ code: "cancelled" });
  });
});

describe("a REST route", () => {
  test.each([
    ["GET", "/api/agents?kind=agent", undefined, "agent.list", { kind: "agent" }],
    ["GET", "/api/agents/notes", undefined, "agent.show", { id: "notes" }],
    ["DELETE", "/api/agents/notes?purge=1", undefined, "agent.remove", { id: "notes", purge: true }],
    [
      "POST",
      "/api/agents/notes/approve",
      { grants: "none" },
      "agent.approve",
      { id: "notes", grants: "none" },
    ],
    ["POST", "/api/agents/notes/enable", undefined, "agent.enable", { id: "notes" }],
    ["POST", "/api/agents/notes/disable", { id: "other" }, "agent.disable", { id: "notes" }],
    [
      "POST",
      "/api/agents/notes/config",
      { set: { memory_max_mb: 64 } },
      "agent.config",
      { id: "notes", set: { memory_max_mb: 64 } },
    ],
    ["GET", "/api/grants?module=notes", undefined, "grant.list", { module: "notes" }],
    ["GET", "/api/approvals?all=true", undefined, "approval.list", { all: true }],
    ["POST", "/api/approvals/a%2Fb/give", undefined, "approval.give", { id: "a/b" }],
    ["POST", "/api/approvals/a1/refuse", undefined, "approval.refuse", { id: "a1" }],
    [
      "GET",
      "/api/journal?after=5&limit=2&newest=0",
      undefined,
      "journal.query",
      { after: 5, limit: 2, newest: false },
    ],
    ["GET", "/api/journal/verify", undefined, "journal.verify", {}],
    [
      "POST",
      "/api/agents/notes/memories",
      { content: "tea" },
      "memory.add",
      { agent: "notes", memories: [{ content: "tea" }] },
    ],
    [
      "POST",
      "/api/agents/notes/memories",
      [{ content: "tea", wing: "home" }, { content: "milk" }],
      "memory.add",
      { agent: "notes", memories: [{ content: "tea", wing: "home" }, { content: "milk" }] },
    ],
    [
      "GET",
      "/api/agents/notes/memories/search?q=what%20tea%3F&k=3",
      undefined,
      "memory.search",
      { agent: "notes", query: "what tea?", k: 3 },
    ],
    ["GET", "/api/agents/notes/memories?limit=2", undefined, "memory.list", { agent: "notes", limit: 2 }],
    [
      "POST",
      "/api/agents/notes/memories/forget",
      { ids: ["m1"] },
      "memory.forget",
      { agent: "notes", ids: ["m1"] },
    ],
    ["GET", "/api/agents/notes/doctrine", undefined, "doctrine.list", { agent: "notes" }],
    ["GET", "/api/agents/notes/lessons?all=1", undefined, "lesson.list", { agent: "notes", all: true }],
    [
      "POST",
      "/api/agents/notes/lessons/l1/retire",
      { active: true },
      "lesson.retire",
      { agent: "notes", id: "l1", active: true },
    ],
    ["GET", "/api/sessions?agent=notes", undefined, "session.list", { agent: "notes" }],
    [
      "GET",
      "/api/agents/notes/sessions/s1?after=4",
      undefined,
      "session.show",
      { agent: "notes", session: "s1", after: 4 },
    ],
    [
      "POST",
      "/api/agents/notes/sessions/s1",
      { pinned: true },
      "session.change",
      { agent: "notes", session: "s1", pinned: true },
    ],
    ["POST", "/api/agents/notes/sessions/s1/stop", undefined, "turn.stop", { agent: "notes", session: "s1" }],
    [
      "POST",
      "/api/agents/notes/sessions/s1/add",
      { text: "also" },
      "turn.add",
      { agent: "notes", session: "s1", text: "also" },
    ],
    ["POST", "/api/questions/q1/answer", { answer: "yes" }, "question.answer", { id: "q1", answer: "yes" }],
    ["GET", "/api/models/usage?days=3", undefined, "model.usage", { days: 3 }],
    ["POST", "/api/models/ollama%2Fqwen:3b/test", undefined, "model.test", { name: "ollama/qwen:3b" }],
    ["DELETE", "/api/models/m1", undefined, "model.remove", { name: "m1" }],
    ["GET", "/api/tools", undefined, "tool.specs", { all: true }],
    ["GET", "/api/tools/search?q=add%20numbers", undefined, "tool.search", { query: "add numbers" }],
    [
      "POST",
      "/api/tools/fs.read",
      { path: "a.txt" },
      "tool.run",
      { name: "fs.read", args: { path: "a.txt" } },
    ],
    ["POST", "/api/tools/time.now", undefined, "tool.run", { name: "time.now", args: {} }],
  ])("%s %s with %j is %s", async (method, path, body, cap, args) => {
    const { ask, calls } = await serve();
    const headers = { "content-type": "application/json" };
    const response = await ask(path, body ? { method, headers, body: JSON.stringify(body) } : { method });
    expect(response.status).toBe(200);
    expect(calls).toMatchObject([{ caller: { id: "owner" }, cap, args }]);
    expect(calls[0]?.args).toEqual(args);
  });

  test.each(["?nonsense=1", "?after=1&after=2", "?after=one", "?newest=maybe", "?__proto__=1"])(
    "names what is wrong with the query %s",
    async (query) => {
      const { ask, calls } = await serve();
      const response = await ask(`/api/journal${query}`);
      expect(response.status).toBe(400);
      const { error } = (await response.json()) as { error: { details: { problems: string[] } } };
      expect(query).toContain(error.details.problems[0]?.split(":")[0]);
      expect(calls).toEqual([]);
    },
  );

  test("that does not exist is 404, with a reply", async () => {
    const { ask } = await serve();
    for (const path of ["/api", "/api/nothing", "/api/agents/a/b/c", "/api/agents/", "/index.php"]) {
      const response = await ask(path);
      expect(response.status, path).toBe(404);
      expect(await response.json()).toMatchObject({ ok: false, error: { code: "not_found" } });
    }
  });

  test("with a method it does not have is 405 and names those it has", async () => {
    const { ask } = await serve();
    for (const { path } of ROUTES) {
      const response = await ask(path.replace(/\{\w+\}/g, "notes"), { method: "PUT" });
      expect(response.status, path).toBe(405);
      expect(response.headers.get("allow")?.split(", ")).toEqual(
        ROUTES.filter((one) => one.path === path).map((one) => one.method),
      );
      expect(await response.json()).toMatchObject({ ok: false });
    }
  });
});

describe("the probes", () => {
  test("healthz names the process", async () => {
    const { server } = await serve();
    const body = await (await fetch(`${server.url}/healthz`)).json();
    expect(body).toEqual({ ok: true, instance: server.instance, pid: process.pid });
  });

  test("readyz is 503 with the problems until the kernel is ready", async () => {
    const { server, state } = await serve();
    Object.assign(state, { ready: false, problems: ["the journal is being checked"] });
    const waiting = await fetch(`${server.url}/readyz`);
    expect(waiting.status).toBe(503);
    expect(await waiting.json()).toEqual({ ready: false, problems: ["the journal is being checked"] });
    Object.assign(state, { ready: true, problems: [] });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  test("metrics are Prometheus text", async () => {
    const { ask } = await serve();
    const response = await ask("/metrics");
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const text = await response.text();
    expect(text).toContain("fieldwork_calls 1");
    expect(text).toMatch(/^fieldwork_event_loop_delay_seconds\{quantile="0.99"\} [\d.e-]+$/m);
    expect(text).toMatch(/^fieldwork_event_clients 0$/m);
  });

  test("metrics count turns, model calls, tokens, cost and tools of the journal since the start", async () => {
    const { ask, append } = await serve();
    for (let n = 0; n < 1200; n++) append({ kind: "turn.finished", data: { ok: n % 4 !== 0 } });
    const usage = { input_tokens: 10, output_tokens: 5, cache_read_tokens: 0, cost_usd: 0.25, ms: 500 };
    append({ kind: "llm.replied", subject: 'big "one"', data: { ok: true, ...usage } });
    append({ kind: "llm.replied", subject: 'big "one"', data: { ok: true, ...usage } });
    append({ kind: "llm.replied", subject: "small", data: { ok: false, code: "model_overloaded", ms: 1 } });
    append({ kind: "tool.replied", subject: "fs.read", data: { ok: true } });
    for (let reading = 0; reading < 2; reading++) {
      const text = await (await ask("/metrics")).text();
      expect(text).toContain('fieldwork_turns_total{outcome="ok"} 900');
      expect(text).toContain('fieldwork_turns_total{outcome="failed"} 300');
      expect(text).toContain('fieldwork_model_calls_total{model="big \\"one\\"",outcome="ok"} 2');
      expect(text).toContain('fieldwork_model_calls_total{model="small",outcome="model_overloaded"} 1');
      expect(text).toContain('fieldwork_model_tokens_total{model="big \\"one\\"",kind="input"} 20');
      expect(text).not.toContain('kind="cache_read"');
      expect(text).toContain('fieldwork_model_cost_usd_total{model="big \\"one\\""} 0.5');
      expect(text).toContain('fieldwork_tool_calls_total{tool="fs.read",outcome="ok"} 1');
    }
  });

  test("the front page is a page without script", async () => {
    const { server } = await serve();
    const text = await (await fetch(`${server.url}/`)).text();
    expect(text).toContain("Fieldwork is running");
    expect(text).not.toContain("<script");
  });
});

describe("the interface describes itself", () => {
  test("OpenAPI holds every route and every capability, and all its references resolve", async () => {
    const { ask } = await serve();
    const text = await (await ask("/api/openapi.json")).text();
    const document = JSON.parse(text);
    expect(document.openapi).toBe("3.1.0");
    for (const { method, path } of ROUTES)
      expect(document.paths[path]?.[method.toLowerCase()]?.summary, path).toBeTruthy();
    const ids = Object.values(
      document.paths as Record<string, Record<string, { operationId: string }>>,
    ).flatMap((path) => Object.values(path).map((one) => one.operationId));
    expect(new Set(ids).size).toBe(ROUTES.length);
    expect(document.components.schemas.call.oneOf.length).toBe(CAPABILITIES.size);
    const chat = document.paths["/api/chat/{agent}"].post;
    expect(Object.keys(chat.responses)).toEqual(["200", "202", "default"]);
    expect(chat.requestBody.content["application/json"].schema.required).toEqual(["text"]);
    const memories =
      document.paths["/api/agents/{id}/memories"].post.requestBody.content["application/json"].schema;
    expect(memories.anyOf.map((one: { type: string }) => one.type)).toEqual(["object", "array"]);
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
      expect(document.components.schemas[name as string], name).toBeDefined();
  });

  test("the capabilities come with their schemas", async () => {
    const { ask } = await serve();
    const { result } = (await (await ask("/api/capabilities")).json()) as {
      result: { capabilities: { name: string; input: { type: string } }[] };
    };
    expect(result.capabilities.map((one) => one.name)).toEqual([...CAPABILITIES.keys()]);
    expect(result.capabilities.find((one) => one.name === "agent.show")?.input.type).toBe("object");
  });
});

test("POST /api/stop asks the kernel to stop", async () => {
  const { post, calls } = await serve(() => succeed({ stopping: true }));
  expect(await (await post("/api/stop", "")).json()).toEqual({ ok: true, result: { stopping: true } });
  expect(calls).toMatchObject([{ cap: "system.stop" }]);
});
