import { expect, test } from "vitest";
import type { Caller } from "#contract";
import { askedToRemember } from "../../modules/gateway/builtin/remember.ts";
import { until, writeModule } from "../support/system.ts";
import { OWNER, scripted, startWorld, textOf } from "./support.ts";

const say = (content: string) => ({ messages: [{ role: "user", content }] });

test.each([
  ["Remember that the key is under the mat", "the key is under the mat"],
  ["please remember: milk", "milk"],
  ["Merk dir, dass Anna am 3. Mai Geburtstag hat", "Anna am 3. Mai Geburtstag hat"],
  ["Merke dir: Code 4711", "Code 4711"],
  ["Souviens-toi que le train part à 8 h", "le train part à 8 h"],
  ["Recuerda que mañana llueve", "mañana llueve"],
  ["Запомни, что встреча в среду", "встреча в среду"],
  ["记住：密码是蓝色", "密码是蓝色"],
  ["/remember the blue door", "the blue door"],
])("%s asks to be remembered", (text, memory) => {
  expect(askedToRemember(text)).toBe(memory);
});

test.each(["Do you remember that day?", "Remember me?", "What did I say about milk?", "Erinnerst du dich?"])(
  "%s does not",
  (text) => {
    expect(askedToRemember(text)).toBeUndefined();
  },
);

test("without a model it says so and how to connect one, streams, and costs nothing", async () => {
  const world = await startWorld();
  const reply = await world.complete({ ...say("What is the capital?"), stream_to: "s" });
  expect(reply).toMatchObject({ model: "builtin", provider: "builtin", cost_usd: 0, finish: "stop" });
  expect(textOf(reply)).toContain("No model is connected");
  expect(textOf(reply)).toContain("fw model add");
  expect(world.live.map(({ data }) => data.text).join("")).toBe(textOf(reply));
});

test("what it was told to remember it shows when asked about, with where it comes from", async () => {
  const world = await startWorld();
  writeModule(world.home, "scout", { "agent.ts": "" });
  await until(
    "scout is noticed",
    async () => (await world.kernel.call(OWNER, "agent.show", { id: "scout" })).ok,
  );
  await world.result("agent.approve", { id: "scout", grants: "all" });
  const agent: Caller = { id: "scout", tier: "guest" };
  const told = await world.complete(say("Remember that the spare key is under the blue flowerpot"), agent);
  expect(textOf(told)).toContain("I will remember");
  const answer = await world.complete(say("Where is the spare key?"), agent);
  expect(textOf(answer)).toContain("1. the spare key is under the blue flowerpot");
  const other = await world.complete(say("Who won the cup final in 1987?"), agent);
  expect(textOf(other)).toContain("I remember nothing about this");
});

test("it runs tools by name", async () => {
  const world = await startWorld();
  const answer = await world.complete(say('/tool calc.evaluate {"expression": "6*7"}'), OWNER);
  expect(textOf(answer)).toContain("42");
  const bare = await world.complete(say("/tool"), OWNER);
  expect(textOf(bare)).toContain("/tool calc.evaluate");
});

test("it runs slash commands in the caller's name", async () => {
  const world = await startWorld();
  expect(textOf(await world.complete(say("/time"), OWNER))).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test("a request that only a model can answer is refused", async () => {
  const world = await startWorld();
  const args = { ...say("x"), response_format: { type: "json_object" } };
  expect((await world.failure("llm.complete", args)).code).toBe("unavailable");
});

test("as the last candidate it answers when no other does, and says why", async () => {
  const world = await startWorld();
  const server = await scripted(() => ({
    failure: { kind: "status", status: 401, body: { error: { message: "bad key" } } },
  }));
  await world.result("model.add", { name: "m", dialect: "openai", base_url: server.url, model: "m" });
  await world.result("model.use", { model: "m,builtin" });
  const reply = await world.complete(say("hello"));
  expect(textOf(reply)).toContain("No model answered. m: bad key.");
  expect(reply.tried).toMatchObject([{ model: "m", code: "model_auth" }]);
});
