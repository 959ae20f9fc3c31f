import { describe, expect, test } from "vitest";
import { FAILURES, type ModelAnswer } from "../model-server/index.ts";
import { addModel, scripted, startWorld, textOf } from "./support.ts";

const MEANS: Readonly<Record<keyof typeof FAILURES, string>> = {
  auth_openai: "model_auth",
  auth_anthropic: "model_auth",
  permission_anthropic: "model_auth",
  quota_openai: "model_quota",
  quota_anthropic: "model_quota",
  quota_deepseek: "model_quota",
  rate_openai: "model_overloaded",
  rate_anthropic: "model_overloaded",
  rate_long: "model_overloaded",
  too_large_per_minute: "model_overloaded",
  server_error: "model_overloaded",
  bad_gateway: "model_overloaded",
  overloaded_anthropic: "model_overloaded",
  loading_llamacpp: "model_overloaded",
  context_openai: "model_context_overflow",
  context_anthropic: "model_context_overflow",
  context_anthropic_sum: "model_context_overflow",
  context_llamacpp: "model_context_overflow",
  context_gemini: "model_context_overflow",
  context_vllm: "model_context_overflow",
  context_mistral: "model_context_overflow",
  context_xai: "model_context_overflow",
  refused_openai: "model_content_refused",
  refused_azure: "model_content_refused",
  missing_ollama: "not_found",
  missing_path: "model_unreachable",
  bad_request: "invalid_input",
};
/** Worth a second attempt. */
const PASSING = new Set([
  "rate_openai",
  "rate_anthropic",
  "too_large_per_minute",
  "server_error",
  "bad_gateway",
  "overloaded_anthropic",
  "loading_llamacpp",
]);

test("every documented failure has the code of what it means, and only passing ones are tried again", async () => {
  const world = await startWorld();
  const server = await scripted();
  await addModel(world, server, "a");
  await addModel(world, server, "b", { dialect: "anthropic" });
  for (const name of Object.keys(MEANS) as (keyof typeof FAILURES)[]) {
    const failure = FAILURES[name];
    const model = /anthropic/.test(name) ? "b" : "a";
    const before = server.requests.length;
    // Told after the first attempt, so that nobody waits for the rest.
    server.script(({ n }) => (n === before ? { failure } : { failure: FAILURES.auth_openai }));
    const error = await world.failure("llm.complete", { model, messages: [{ role: "user", content: "x" }] });
    const again = server.requests.length > before + 1;
    expect([name, again ? "model_overloaded" : error.code]).toEqual([name, MEANS[name]]);
    expect([name, again]).toEqual([name, PASSING.has(name)]);
  }
}, 120_000);

test("a rate limit is waited for as long as the provider says, then the answer comes", async () => {
  const world = await startWorld();
  const server = await scripted([{ failure: FAILURES.rate_openai }, { text: "now" }]);
  await addModel(world, server);
  const begun = performance.now();
  expect(textOf(await world.complete({}))).toBe("now");
  expect(performance.now() - begun).toBeGreaterThanOrEqual(1000);
});

test("nobody is held for a long Retry-After: the next candidate answers at once, or the failure says how long", async () => {
  const world = await startWorld();
  const busy = await scripted(() => ({ failure: FAILURES.rate_long }));
  const other = await scripted(() => ({ text: "from the other" }));
  await addModel(world, busy, "busy");
  await addModel(world, other, "other");
  const begun = performance.now();
  const reply = await world.complete({ model: "busy,other" });
  expect(textOf(reply)).toBe("from the other");
  expect(reply.tried).toMatchObject([{ model: "busy", code: "model_overloaded" }]);
  const error = await world.failure("llm.complete", {
    model: "busy",
    messages: [{ role: "user", content: "x" }],
  });
  expect(error).toMatchObject({ code: "model_overloaded", details: { retry_after_ms: 90_000, status: 429 } });
  expect(performance.now() - begun).toBeLessThan(45_000);
});

describe("before anything was said", () => {
  const cases: Readonly<Record<string, ModelAnswer>> = {
    "a reset connection": { failure: { kind: "reset" } },
    "an overloaded provider": { failure: FAILURES.overloaded_anthropic },
    "an empty answer": { failure: { kind: "garbage", text: "" } },
    "half an answer that nobody heard": { text: "half of this", failure: { kind: "half" } },
    "an answer that ends in the middle": { text: "half of this", failure: { kind: "cut" } },
    "an error inside the stream": { text: "half", failure: { kind: "error_in_stream" } },
  };
  test.each(Object.entries(cases))("%s is tried again without a trace in the answer", async (_, broken) => {
    const world = await startWorld();
    const server = await scripted([broken, { text: "whole" }]);
    await addModel(world, server);
    expect(textOf(await world.complete({}))).toBe("whole");
    expect(server.requests).toHaveLength(2);
  });

  test.each(["garbage", "auth"])("%s leads to the next candidate", async (kind) => {
    const world = await startWorld();
    const failure = kind === "garbage" ? ({ kind: "garbage" } as const) : FAILURES.auth_openai;
    const bad = await scripted(() => ({ failure }));
    const good = await scripted(() => ({ text: "good" }));
    await addModel(world, bad, "bad");
    await addModel(world, good, "good", { dialect: "anthropic" });
    const reply = await world.complete({ model: "bad,good", stream_to: "s" });
    expect(textOf(reply)).toBe("good");
    expect(reply.tried[0]?.code).toBe(kind === "garbage" ? "model_malformed" : "model_auth");
    expect(world.live.map(({ data }) => data.text).join("")).toBe("good");
  });
});

test.each(["half", "cut", "error_in_stream"] as const)(
  "after something was told, %s is a failure that says so, and nothing is said twice",
  async (kind) => {
    const world = await startWorld();
    const server = await scripted([{ text: "half of the answer", failure: { kind } }, { text: "never" }]);
    const other = await scripted(() => ({ text: "never" }));
    await addModel(world, server, "a");
    await addModel(world, other, "b");
    const error = await world.failure("llm.complete", {
      model: "a,b",
      stream_to: "s",
      messages: [{ role: "user", content: "x" }],
    });
    expect(["model_unreachable", "model_overloaded"]).toContain(error.code);
    const said = world.live.map(({ data }) => data.text).join("");
    expect(said).not.toBe("");
    expect(error.details).toMatchObject({ streamed: true, partial: said });
    expect(server.requests.length + other.requests.length).toBe(1);
  },
);

test("a provider that never begins, one that falls silent and one that never ends are each ended", async () => {
  const world = await startWorld();
  const server = await scripted();
  await addModel(world, server);
  const ask = () =>
    world.failure("llm.complete", { stream_to: "s", messages: [{ role: "user", content: "x" }] });
  for (const [key, value] of [
    ["gateway.first_ms", 300],
    ["gateway.between_ms", 300],
  ])
    await world.result("setting.set", { key: key as string, value: value as number });
  server.script([{ failure: { kind: "hang" } }]);
  expect((await ask()).code).toBe("timeout");
  server.script([{ text: "half of it and then", failure: { kind: "stall" } }]);
  expect(await ask()).toMatchObject({ code: "timeout", details: { streamed: true } });
  await world.result("setting.set", { key: "gateway.first_ms", value: 60_000 });
  await world.result("setting.set", { key: "gateway.between_ms", value: 60_000 });
  server.script([{ text: "go", failure: { kind: "endless" } }]);
  expect((await ask()).code).toBe("too_large");
  await world.result("setting.set", { key: "gateway.total_ms", value: 500 });
  server.script([{ text: "slow ".repeat(1000), between_ms: 50 }]);
  expect((await ask()).code).toBe("timeout");
  await expect.poll(server.open).toBe(0);
});

test("a stop while it waits to try again ends the wait", async () => {
  const world = await startWorld();
  const wait = { "retry-after": "15" };
  const server = await scripted(() => ({ failure: { kind: "status", status: 429, headers: wait } }));
  await addModel(world, server);
  const begun = performance.now();
  const answering = world.complete({ stream_to: "s" });
  await expect.poll(() => server.requests.length).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await world.result("llm.stop", { agent: "scout", stream_to: "s" });
  expect(await answering).toMatchObject({ finish: "stopped", message: { content: "" } });
  expect(performance.now() - begun).toBeLessThan(14_000);
});

test("nothing listens, a name that is not there, and a redirect are told apart from a busy provider", async () => {
  const world = await startWorld();
  await world.result("model.add", {
    name: "gone",
    dialect: "openai",
    base_url: "http://127.0.0.1:1",
    model: "x",
  });
  const error = await world.failure("llm.complete", { messages: [{ role: "user", content: "x" }] });
  expect(error).toMatchObject({ code: "model_unreachable" });
  expect(error.message).toContain("nothing accepts connections");
  const server = await scripted(() => ({
    failure: { kind: "status", status: 302, headers: { location: "https://elsewhere.example/v1" } },
  }));
  await addModel(world, server, "moved");
  expect(
    (await world.failure("llm.complete", { model: "moved", messages: [{ role: "user", content: "x" }] }))
      .remedy,
  ).toContain("elsewhere.example");
});

test("when no candidate answers, what each said is told; a conversation that is too long comes first", async () => {
  const world = await startWorld();
  const a = await scripted(() => ({ failure: FAILURES.auth_openai }));
  const b = await scripted(() => ({ failure: FAILURES.context_vllm }));
  await addModel(world, a, "a");
  await addModel(world, b, "b");
  const error = await world.failure("llm.complete", {
    model: "a,b",
    messages: [{ role: "user", content: "x" }],
  });
  expect(error.code).toBe("model_context_overflow");
  expect(error.message).toContain("Incorrect API key");
});

test("a key that the provider repeats is not told to anybody", async () => {
  const world = await startWorld();
  const server = await scripted(({ headers }) => ({
    failure: {
      kind: "status",
      status: 401,
      body: { error: { message: `bad key ${headers.authorization}` } },
    },
  }));
  await addModel(world, server, "m", { key: "sk-very-secret-key" });
  const error = await world.failure("llm.complete", { messages: [{ role: "user", content: "x" }] });
  expect(server.requests[0]?.headers.authorization).toBe("Bearer sk-very-secret-key");
  expect(JSON.stringify(error)).not.toContain("very-secret");
  expect(JSON.stringify(world.kernel.events.read(0, 1000, {}))).not.toContain("very-secret");
});
