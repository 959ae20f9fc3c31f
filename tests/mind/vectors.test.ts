import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { JsonValue } from "#contract";
import { type BenchKernel, startKernel } from "../../bench/kernel.ts";
import { until } from "../support/system.ts";

/** Ideas that the embedder knows; a text lies on the axis of each idea that one of its words belongs to. */
const IDEAS = [
  ["zoomer", "hatchback", "automobile"],
  ["brekkie", "muesli", "morning meal"],
  ["gig", "barn", "lanterns"],
];

interface Embedder {
  readonly port: number;
  readonly asked: string[];
  fails: boolean;
  close(): Promise<void>;
}

async function startEmbedder(): Promise<Embedder> {
  const asked: string[] = [];
  const state = { asked, fails: false };
  const server = createServer(async (incoming, outgoing) => {
    let body = "";
    for await (const chunk of incoming) body += String(chunk);
    outgoing.setHeader("content-type", "application/json");
    if (incoming.url?.endsWith("/embeddings") !== true)
      return outgoing.end(
        JSON.stringify({ object: "list", data: [{ id: "nomic-embed-text", object: "model" }] }),
      );
    const { input } = JSON.parse(body) as { input: string[] };
    asked.push(...input);
    if (state.fails || input.some((text) => text.includes("unspeakable"))) {
      outgoing.statusCode = state.fails ? 503 : 400;
      return outgoing.end(JSON.stringify({ error: { message: "not this" } }));
    }
    const data = input.map((text, index) => {
      const lower = text.toLowerCase();
      const vector = [...IDEAS.map((words) => (words.some((word) => lower.includes(word)) ? 1 : 0)), 0.1];
      return { object: "embedding", index, embedding: vector };
    });
    outgoing.end(JSON.stringify({ object: "list", data, usage: { prompt_tokens: 1, total_tokens: 1 } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(state, {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

let kernel: BenchKernel;
let embedder: Embedder;
beforeAll(async () => {
  kernel = await startKernel();
  for (const id of ["ada", "bob", "cleo"]) await kernel.add(id, { "agent.ts": "" }, {});
});
afterAll(() => kernel.end());
beforeEach(async () => {
  embedder = await startEmbedder();
});
afterEach(() => embedder.close());

// biome-ignore lint/suspicious/noExplicitAny: replies are looked into freely here
type Any = any;
const owner = (cap: string, args: JsonValue): Promise<Any> => kernel.result(cap, args);
const add = async (agent: string, ...contents: string[]): Promise<string[]> =>
  (await owner("memory.add", { agent, memories: contents.map((content) => ({ content })) })).ids;
const shown = (agent: string) => owner("mind.show", { agent });
const embedded = (agent: string) =>
  until("every memory has its vector", async () => {
    const { without_vector, embedder: by } = await shown(agent);
    return by !== null && without_vector === 0;
  });
const connect = (name: string) =>
  owner("model.add", {
    name,
    dialect: "openai",
    base_url: `http://127.0.0.1:${embedder.port}/v1`,
    model: "e",
    embeds: true,
    input_usd: 0,
    output_usd: 0,
  });
const search = (agent: string, query: string) => owner("memory.search", { agent, query });

test("without an embedder nobody is asked; once there is one, memories get their vectors, are found by them, and lose them with all else", async () => {
  const [car = ""] = await add("ada", "I sold the zoomer for nine hundred.", "Rain again, all week.");
  expect((await search("ada", "Which automobile did I give away?")).hits).toEqual([]);
  expect(await shown("ada")).toMatchObject({ vectors: 0, without_vector: 0, embedder: null });
  await connect("e1");
  await embedded("ada");
  expect(embedder.asked).toContain("I sold the zoomer for nine hundred.");
  const { hits } = await search("ada", "Which automobile did I give away?");
  expect(hits[0].id).toBe(car);
  expect(hits[0].parts.vector).toBeGreaterThan(0.9);
  expect(hits[0].why).toContain("it means much the same");
  expect((await owner("memory.show", { agent: "ada", id: car })).embedding).toEqual({
    model: "e1",
    dimensions: 4,
  });

  const edited = await owner("memory.edit", {
    agent: "ada",
    id: car,
    content: "I sold the hatchback for a song.",
  });
  await embedded("ada");
  expect((await search("ada", "Which automobile did I give away?")).hits[0].id).toBe(edited.id);
  await owner("memory.forget", { agent: "ada", ids: [edited.id] });
  expect(await shown("ada")).toMatchObject({ memories: 1, vectors: 1 });
  expect((await search("ada", "Which automobile did I give away?")).hits).toEqual([]);
  const file = join(kernel.home, "agents", "ada.fwagent", "state.db");
  const bytes = Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)]).toString("latin1");
  expect(bytes).not.toContain("zoomer");
  await owner("model.remove", { name: "e1" });
  expect((await shown("ada")).embedder).toBeNull();
});

test("after a failure it goes on where it was; a text that is refused is left out alone", async () => {
  embedder.fails = true;
  await connect("e2");
  const texts = Array.from(
    { length: 150 },
    (_, at) => `Entry ${at}${at === 70 ? " is unspeakable" : " is about muesli"}.`,
  );
  await add("bob", ...texts);
  await until("it was tried", () => embedder.asked.length > 0);
  expect((await shown("bob")).vectors).toBe(0);
  embedder.fails = false;
  // The owner's choice is a reason to try again at once.
  await owner("model.use", { model: "none", embed: true });
  await owner("model.use", { model: "e2", embed: true });
  await until("all but the refused one have vectors", async () => (await shown("bob")).vectors === 149);
  const asked = embedder.asked.length;
  await search("bob", "brekkie");
  await add("bob", "One more entry about muesli.");
  await until("the new one has its vector", async () => (await shown("bob")).vectors === 150);
  // The query and the new memory: nothing that has a vector is asked for again.
  expect(embedder.asked.length - asked).toBe(2);
  await owner("model.remove", { name: "e2" });
});

test("a model that was found on this machine makes vectors only when the owner says so", async () => {
  const ports = { ollama: null, llamacpp: null, lmstudio: null, vllm: embedder.port };
  await owner("setting.set", { key: "gateway.detect_ports", value: ports });
  const { models } = await owner("model.detect", {});
  expect(models).toMatchObject([{ name: "vllm/nomic-embed-text", embeds: true, embedder: false }]);
  await add("cleo", "The gig was loud.");
  await search("cleo", "Where were the lanterns?");
  expect(embedder.asked).toEqual([]);
  await owner("model.use", { model: "vllm/nomic-embed-text", embed: true });
  await embedded("cleo");
  expect((await search("cleo", "Where were the lanterns?")).count).toBe(1);
  await owner("model.use", { model: "none", embed: true });
  const asked = embedder.asked.length;
  expect((await search("cleo", "Where were the lanterns?")).count).toBe(0);
  expect(embedder.asked.length).toBe(asked);
  await expect(owner("model.use", { model: "builtin", embed: true })).rejects.toThrow("invalid_input");
});
