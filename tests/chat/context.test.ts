import { expect, test } from "vitest";
import type { Event, RecalledPiece } from "../../contract/index.ts";
import { estimateTokens } from "../../contract/index.ts";
import { until, writeModule } from "../support/system.ts";
import { prompt, startTalk } from "../turn/support.ts";

interface Recalled {
  readonly recalled: readonly RecalledPiece[];
  readonly tokens: number;
}

test("what a turn recalled and why can be looked up by its trace, until it is forgotten; the journal never says why", async () => {
  const talk = await startTalk(() => ({ text: "She is called Miu." }));
  const system = talk.system();
  const { ids } = await system.result<{ ids: string[] }>("memory.add", {
    agent: "field",
    memories: [{ content: "My cat is called Miu and sleeps on the piano." }],
  });
  const { id, trace } = await talk.send("What is my cat called?");
  await talk.finished(id);
  const recalled = await system.result<Recalled>("mind.recalled", { agent: "field", turn: trace });
  expect(recalled.recalled[0]).toMatchObject({
    origin: "memory",
    id: ids[0],
    used: true,
    why: [expect.stringContaining("cat")],
    content: "My cat is called Miu and sleeps on the piano.",
  });
  expect(recalled.recalled[0]?.tokens).toBeGreaterThan(0);
  const response = await system.fetch(`/api/agents/field/recalled/${trace}`);
  expect(((await response.json()) as { result: Recalled }).result).toEqual(recalled);

  const of = async (kind: string): Promise<Event | undefined> =>
    (await talk.events(kind)).find((event) => event.trace === trace);
  const done = await of("recall.done");
  expect(done).toMatchObject({
    subject: "s",
    data: { session: "s", recalled: [{ origin: "memory", id: ids[0], used: true }] },
  });
  expect(JSON.stringify(done)).not.toContain("cat");
  for (const kind of ["llm.requested", "llm.replied", "tool.replied"]) {
    const event = await of(kind);
    if (kind !== "tool.replied") expect(event?.data).toMatchObject({ session: "s", agent: "field" });
  }
  await system.result("memory.forget", { agent: "field", ids });
  const later = await system.result<Recalled>("mind.recalled", { agent: "field", turn: trace });
  expect(later.recalled[0]).toMatchObject({ id: ids[0], content: null });
});

test("a context fits the model's window at the first try, and leaves room for the answer", async () => {
  const talk = await startTalk(() => ({ text: "Well." }));
  const system = talk.system();
  const base_url = `${talk.model.url}/v1`;
  await system.result("model.add", {
    name: "small",
    dialect: "openai",
    base_url,
    model: "small",
    context_tokens: 4096,
  });
  await system.result("model.use", { model: "small", agent: "field" });
  for (let n = 0; n < 8; n++) await talk.say(`${n}: ${"many words about the garden ".repeat(80)}`);
  for (const request of talk.model.requests) {
    const { messages, tools } = request.body;
    expect(estimateTokens(JSON.stringify([messages, tools]))).toBeLessThan(4096);
  }
  const codes = (await talk.events("llm.replied")).map(({ data }) => data.code ?? "ok");
  expect(new Set(codes)).toEqual(new Set(["ok"]));
});

test("what does not work is in the agent's own prompt while it does not, behind all that stays the same", async () => {
  const talk = await startTalk((request) =>
    request.body.model === "down" ? { failure: { kind: "status", status: 503 } } : { text: "Here." },
  );
  const system = talk.system();
  await system.result("setting.set", { key: "gateway.total_ms", value: 60_000 });
  const base_url = `${talk.model.url}/v1`;
  await system.result("model.add", { name: "down", dialect: "openai", base_url, model: "down" });
  await system.result("model.use", { model: "down,scripted", agent: "field" });
  await talk.say("First");
  writeModule(system.home, "weather", { "agent.ts": "export default (" });
  await until("it is broken", async () => {
    const { agents } = await system.result<{ agents: { id: string; state: string }[] }>("agent.list");
    return agents.some(({ id, state }) => id === "weather" && (state === "broken" || state === "new"));
  });
  await system.call("agent.approve", { id: "weather", grants: "all" });
  await until("it is broken", async () => {
    const { agents } = await system.result<{ agents: { id: string; state: string }[] }>("agent.list");
    return agents.some(({ id, state }) => id === "weather" && state === "broken");
  });
  await talk.say("Second");
  const [first, second] = ["First", "Second"].map((text) =>
    talk.model.requests.find((one) => one.body.model === "scripted" && prompt(one).includes(text)),
  );
  expect(prompt(first)).not.toContain("Not working now");
  expect(prompt(second)).toMatch(/Not working now: the model down \(model_\w+\)/);
  expect(prompt(second)).toContain("Not working now: the modules weather (broken)");
  const beginning = (messages: { role: string }[]) =>
    JSON.stringify(messages.filter(({ role }) => role === "system"));
  expect(beginning(second?.body.messages)).toBe(beginning(first?.body.messages));
  expect(JSON.stringify(second?.body.messages.at(-1))).toContain("Not working now");
});
