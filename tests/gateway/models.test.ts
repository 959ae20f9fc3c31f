import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ModelInfo } from "#contract";
import { addModel, OWNER, SCOUT, scripted, startWorld, textOf } from "./support.ts";

const list = async (world: Awaited<ReturnType<typeof startWorld>>) =>
  (await world.result<{ models: ModelInfo[] }>("model.list")).models;
const ASK = { messages: [{ role: "user", content: "x" }] };

test("the first model added is in use; the owner says otherwise, for all or for one agent", async () => {
  const world = await startWorld();
  const server = await scripted(({ body }) => ({ text: String(body.model) }));
  expect((await list(world)).map(({ name, default: used }) => [name, used])).toEqual([["builtin", true]]);
  await addModel(world, server, "a", { model: "model-a" });
  await addModel(world, server, "b", { model: "model-b" });
  expect(textOf(await world.complete({}))).toBe("model-a");
  await world.result("model.use", { model: "b", agent: "scout" });
  expect(textOf(await world.complete({}))).toBe("model-b");
  expect(textOf(await world.complete({}, OWNER))).toBe("model-a");
  await world.result("model.use", { model: "default", agent: "scout" });
  expect(textOf(await world.complete({}))).toBe("model-a");
  await world.result("model.remove", { name: "a" });
  expect((await list(world)).find((one) => one.default)?.name).toBe("builtin");
  expect((await world.failure("llm.complete", { ...ASK, model: "a" })).code).toBe("not_found");
  expect((await world.failure("model.use", { model: "b,nothing" })).code).toBe("not_found");
});

test("a key is a secret bound to its host, goes with its model, and is not shown", async () => {
  const world = await startWorld();
  const server = await scripted(() => ({ text: "x" }));
  await addModel(world, server, "org/m:1", { key: "sk-1" });
  await world.complete({});
  expect(server.requests[0]?.headers.authorization).toBe("Bearer sk-1");
  const { secrets } = await world.result<{ secrets: { hosts: string[] }[] }>("secret.list");
  expect(secrets).toMatchObject([{ hosts: ["127.0.0.1"] }]);
  await addModel(world, server, "org/m:1", { dialect: "anthropic" });
  await world.complete({});
  expect(server.requests[1]?.headers["x-api-key"]).toBe("sk-1");
  await world.result("model.add", {
    name: "org/m:1",
    dialect: "openai",
    base_url: "https://other.example/v1",
    model: "m",
  });
  expect((await world.result<{ secrets: [] }>("secret.list")).secrets).toEqual([]);
  expect(JSON.stringify(await list(world))).not.toContain("sk-1");
});

test.each(["ftp://a.example", "https://user:pass@a.example/v1", "nonsense", "https://a.example/v1?key=1"])(
  "%s is no base URL",
  async (base_url) => {
    const world = await startWorld();
    const error = await world.failure("model.add", { name: "m", dialect: "openai", base_url, model: "m" });
    expect(error.code).toBe("invalid_input");
  },
);

test.each(["", "/", "/v1", "/v1/", "/v1/chat/completions"])(
  "a base URL that ends in %j leads to the completions",
  async (path) => {
    const world = await startWorld();
    const server = await scripted(() => ({ text: "x" }));
    await world.result("model.add", {
      name: "m",
      dialect: "openai",
      base_url: server.url + path,
      model: "m",
    });
    await world.complete({});
    expect(server.requests[0]?.path).toBe("/v1/chat/completions");
  },
);

test("model servers on this machine are found where they are looked for, and forgotten when they are gone", async () => {
  const world = await startWorld();
  const ollama = await scripted(() => ({ text: "local" }), { models: ["llama3:8b", "nomic-embed-text"] });
  const vllm = await scripted([], { models: ["org/Model-7B"] });
  const ports = { ollama: ollama.port, llamacpp: null, lmstudio: null, vllm: vllm.port };
  await world.result("setting.set", { key: "gateway.detect_ports", value: ports });
  const { models } = await world.result<{ models: ModelInfo[] }>("model.detect");
  expect(models.map(({ name, embeds, detected }) => [name, embeds, detected])).toEqual([
    ["ollama/llama3:8b", false, true],
    ["ollama/nomic-embed-text", true, true],
    ["vllm/org/Model-7B", false, true],
  ]);
  await world.result("model.use", { model: "ollama/llama3:8b" });
  expect(textOf(await world.complete({}))).toBe("local");
  await vllm.close();
  await ollama.close();
  const left = await world.result<{ models: ModelInfo[] }>("model.detect");
  expect(left.models.map(({ name }) => name)).toEqual(["ollama/llama3:8b"]);
});

test("model.test says what came back, or what is wrong and how to mend it", async () => {
  const world = await startWorld();
  const server = await scripted([{ text: "ready" }, { failure: { kind: "status", status: 401 } }]);
  await addModel(world, server, "m");
  expect(await world.result("model.test", { name: "m" })).toMatchObject({
    ok: true,
    text: "ready",
    code: null,
  });
  const bad = await world.result("model.test", { name: "m" });
  expect(bad).toMatchObject({ ok: false, code: "model_auth" });
  expect(bad.remedy).toContain("Set the right key");
  expect(bad.action).toMatchObject({ name: "set_model_key", command: expect.stringContaining("fw model") });
});

test("texts become vectors in their order, and without an embedder the call says so", async () => {
  const world = await startWorld();
  expect((await world.failure("llm.embed", { input: ["a"] })).code).toBe("unavailable");
  const server = await scripted();
  await addModel(world, server, "e", { embeds: true });
  expect((await list(world)).find((one) => one.default)?.name).toBe("builtin");
  const { vectors, model } = await world.result<{ vectors: number[][]; model: string }>("llm.embed", {
    input: ["red fox", "blue sea", "red fox"],
  });
  expect(model).toBe("e");
  expect(vectors).toHaveLength(3);
  expect(vectors[0]).toEqual(vectors[2]);
  expect(vectors[0]).not.toEqual(vectors[1]);
});

test("a program's key is kept as a hash, replaced by the next, and void when revoked", async () => {
  const world = await startWorld();
  const { key } = await world.result<{ key: string }>("model.key", { name: "editor" });
  const client = async (given: string) =>
    (await world.result("llm.client", { key_sha256: createHash("sha256").update(given).digest("hex") }))
      .client;
  expect(await client(key)).toBe("editor");
  const { key: next } = await world.result<{ key: string }>("model.key", { name: "editor" });
  expect([await client(key), await client(next)]).toEqual([null, "editor"]);
  await world.result("model.key", { name: "editor", revoke: true });
  expect(await client(next)).toBe(null);
  expect(
    (await world.failure("llm.client", { key_sha256: "0".repeat(64) }, { id: "agent", tier: "guest" })).code,
  ).toBe("denied");
  expect((await world.failure("model.list", {}, SCOUT)).code).toBe("denied");
});

test("the write-ahead log of gateway.db does not grow with use", async () => {
  const world = await startWorld();
  const write = async () => {
    for (let round = 0; round < 20; round++)
      await Promise.all(
        Array.from({ length: 100 }, (_, n) => world.result("model.key", { name: `program-${n}` })),
      );
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return statSync(join(world.home, "gateway.db-wal")).size;
  };
  const once = await write();
  expect(once).toBeGreaterThan(4 * 1024 * 1024);
  // A checkpoint may come late on a slow machine; one that never comes leaves six times the size.
  let grown = once;
  for (let again = 0; again < 5; again++) grown = await write();
  expect(grown).toBeLessThan(once * 3);
});

test("an idle system asks no model and polls nobody", async () => {
  const world = await startWorld();
  let asked = 0;
  const server = await scripted(() => {
    asked++;
    return { text: "x" };
  });
  await addModel(world, server);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(asked).toBe(0);
  expect(world.events("llm.requested")).toEqual([]);
});
