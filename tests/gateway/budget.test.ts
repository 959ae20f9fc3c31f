import { rmSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { freshHome, startSystem } from "../support/system.ts";
import { addModel, SCOUT, scripted, startWorld, textOf } from "./support.ts";

const ASK = { messages: [{ role: "user", content: "x" }] };
const set = (world: Awaited<ReturnType<typeof startWorld>>, key: string, value: never) =>
  world.result("setting.set", { key, value });

test("a used-up budget refuses before any request, for that agent alone", async () => {
  const world = await startWorld();
  const server = await scripted(() => ({ text: "x", usage: { input: 100, output: 900 } }));
  await addModel(world, server, "m", { input_usd: 1000, output_usd: 1000 });
  await set(world, "budget.day_usd", 1.4 as never);
  expect((await world.complete({ max_tokens: 100 })).cost_usd).toBeCloseTo(1);
  const error = await world.failure("llm.complete", { ...ASK, max_tokens: 500 }, SCOUT);
  expect(error).toMatchObject({ code: "budget_exhausted", details: { agent: "scout", spent_usd: 1 } });
  expect(server.requests).toHaveLength(1);
  expect(textOf(await world.complete({ max_tokens: 100 }, { id: "other", tier: "system" }))).toBe("x");
  await set(world, "budget.agents", { scout: { day_usd: 100 } } as never);
  expect(textOf(await world.complete({ max_tokens: 100 }))).toBe("x");
});

test("calls at the same time cannot pass a budget together", async () => {
  const world = await startWorld();
  const server = await scripted(() => ({ text: "x", first_ms: 100, usage: { input: 10, output: 100 } }));
  await addModel(world, server);
  await set(world, "budget.day_tokens", 1000 as never);
  const asked = Array.from({ length: 20 }, () => world.complete({ max_tokens: 100 }));
  const settled = await Promise.allSettled(asked);
  const answered = settled.filter(({ status }) => status === "fulfilled").length;
  expect(answered).toBe(server.requests.length);
  expect(answered).toBeGreaterThan(4);
  expect(answered).toBeLessThan(10);
  const { budgets } = await world.result<{ budgets: { spent_tokens: number; reserved_usd: number }[] }>(
    "model.usage",
  );
  expect(budgets[0]).toMatchObject({
    agent: "scout",
    spent_tokens: answered * 110,
    day_tokens: 1000,
    reserved_usd: 0,
  });
});

test("without a limit of its own, an answer may be as long as the budget leaves", async () => {
  const world = await startWorld();
  const server = await scripted(() => ({ text: "x" }));
  await addModel(world, server);
  await set(world, "budget.day_tokens", 2000 as never);
  await world.complete({});
  const max_tokens = Number(server.requests[0]?.body.max_tokens);
  expect(max_tokens).toBeGreaterThan(1900);
  expect(max_tokens).toBeLessThan(2000);
});

test("a failure costs nothing, a broken answer what it used", async () => {
  const world = await startWorld();
  const server = await scripted([
    { failure: { kind: "status", status: 401 } },
    { text: "half ".repeat(40), failure: { kind: "cut" } },
    { text: "whole", usage: { input: 10, output: 5 } },
  ]);
  await addModel(world, server);
  const tokens = async () =>
    (
      await world.result<{ usage: { input_tokens: number; output_tokens: number }[] }>("model.usage")
    ).usage.reduce((sum, one) => sum + one.input_tokens + one.output_tokens, 0);
  await world.failure("llm.complete", ASK);
  expect(await tokens()).toBe(0);
  expect((await world.complete({})).usage.output_tokens).toBeGreaterThan(20);
  expect(await tokens()).toBeGreaterThan(35);
});

test("what was reserved when the process was killed counts as used after the next start", async () => {
  const server = await scripted(() => ({ failure: { kind: "hang" } }));
  const home = freshHome();
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  const env = { FIELDWORK_GATEWAY_PORT: "0" };
  const first = await startSystem({ home, env });
  onTestFinished(first.end);
  await first.result("model.add", {
    name: "m",
    dialect: "openai",
    base_url: server.url,
    model: "x",
    input_usd: 1,
    output_usd: 1,
  });
  first.call("llm.complete", { ...ASK, max_tokens: 5000 }).catch(() => {});
  await expect.poll(server.open).toBe(1);
  await first.kill();
  const next = await startSystem({ home, env });
  onTestFinished(next.end);
  const { usage, budgets } = await next.result<{ usage: object[]; budgets: { reserved_usd: number }[] }>(
    "model.usage",
  );
  expect(usage).toMatchObject([{ agent: "owner", model: "m", calls: 1, output_tokens: 5000 }]);
  expect(budgets[0]?.reserved_usd).toBe(0);
});

test("a system that stops in good order writes down what was used, and nothing that was not", async () => {
  const home = freshHome();
  const world = await startWorld(home, true);
  const server = await scripted(() => ({ failure: { kind: "hang" } }));
  await addModel(world, server);
  const asked = world.complete({ max_tokens: 5000 });
  asked.catch(() => {});
  await expect.poll(server.open).toBe(1);
  await world.close();
  await expect(asked).rejects.toThrow("stopping");
  expect((await (await startWorld(home)).result("model.usage")).usage).toEqual([]);
});
