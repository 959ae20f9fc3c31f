import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { JsonValue } from "#contract";
import { type BenchKernel, startKernel } from "../../bench/kernel.ts";
import { type ModelServer, startModelServer } from "../model-server/index.ts";

let kernel: BenchKernel;
let server: ModelServer;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.add("ada", { "agent.ts": "" }, {});
});
afterAll(() => kernel.end());
beforeEach(async () => {
  server = await startModelServer(() => ({
    text: "Ann's garden suffers from the dry summer.\nNONE",
    usage: { input: 100, output: 20 },
  }));
});
afterEach(() => server.close());

// biome-ignore lint/suspicious/noExplicitAny: replies are looked into freely here
type Any = any;
const owner = (cap: string, args: JsonValue): Promise<Any> => kernel.result(cap, args);
const news = [
  "Ann waters the beans each evening.",
  "The well behind the shed ran dry.",
  "Nobody has seen a cloud since May.",
  "The lettuce has bolted, said the neighbour.",
  "A goat ate what was left of the roses.",
];
const remember = () => owner("memory.add", { agent: "ada", memories: [{ content: news.shift() ?? "" }] });
const connect = (name: string, prices: { input_usd?: number; output_usd?: number }) =>
  owner("model.add", { name, dialect: "openai", base_url: `${server.url}/v1`, model: "m", ...prices });

test("without a budget no model is asked, though there is one", async () => {
  await connect("m", { input_usd: 1, output_usd: 1 });
  await remember();
  expect(await owner("mind.dream", { agent: "ada" })).toMatchObject({ read: 1, cost_usd: 0, problem: null });
  expect(server.requests).toEqual([]);
});

test("with a budget a model is asked once, what it says is kept with its sources, and what it cost is told", async () => {
  await connect("m", { input_usd: 1, output_usd: 1 });
  await owner("model.use", { model: "m" });
  await remember();
  const dreamed = await owner("mind.dream", { agent: "ada", budget_usd: 0.01 });
  expect(dreamed).toMatchObject({ insights: 1, read: 1, problem: null });
  expect(dreamed.cost_usd).toBeGreaterThan(0);
  expect(dreamed.cost_usd).toBeLessThanOrEqual(0.01);
  expect(server.requests).toHaveLength(1);
  const { insights } = await owner("insight.list", { agent: "ada" });
  expect(insights[0]).toMatchObject({ content: "Ann's garden suffers from the dry summer.", sources: 1 });
});

test("what could cost more than the budget, or has no known price, is not asked", async () => {
  await connect("m", { input_usd: 1000, output_usd: 1000 });
  await owner("model.use", { model: "m" });
  await remember();
  const dear = await owner("mind.dream", { agent: "ada", budget_usd: 0.01 });
  expect(dear).toMatchObject({ insights: 0, cost_usd: 0 });
  expect(dear.problem).toContain("could cost more than the 0.01 US dollars");
  await connect("m", {});
  await remember();
  const unknown = await owner("mind.dream", { agent: "ada", budget_usd: 0.01 });
  expect(unknown.problem).toContain("price of m is not known");
  expect(server.requests).toEqual([]);
});

test("repeated tries of one call together stay within its amount", async () => {
  let tries = 0;
  server.script(() => {
    tries++;
    return { text: "so it goes ".repeat(160), failure: { kind: "half" } };
  });
  await connect("m", { input_usd: 0, output_usd: 1 });
  await owner("model.use", { model: "m" });
  const messages = [{ role: "user", content: "Say something." }];
  const ask = (max_usd: number) => owner("llm.complete", { messages, max_tokens: 400, max_usd });
  await expect(ask(0.0003)).rejects.toThrow("budget_exhausted");
  expect(tries).toBe(0);
  // What broke off is paid for; another try could pass the amount.
  await expect(ask(0.0005)).rejects.toThrow("budget_exhausted");
  expect(tries).toBe(1);
});

test("where only the built-in provider answers, nothing is made up from it", async () => {
  await owner("model.use", { model: "builtin" });
  await remember();
  expect(await owner("mind.dream", { agent: "ada", budget_usd: 1 })).toMatchObject({
    insights: 0,
    problem: "No model is connected.",
  });
  expect(await owner("model.test", { name: "builtin" })).toMatchObject({
    ok: false,
    code: "unavailable",
    text: expect.stringContaining("No model is connected"),
    action: { page: "/settings/models", command: "fw model add" },
  });
});
