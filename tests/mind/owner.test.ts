import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonValue, Reply } from "#contract";
import { type BenchKernel, startKernel } from "../../bench/kernel.ts";

let kernel: BenchKernel;
beforeAll(async () => {
  kernel = await startKernel();
  for (const id of ["ada", "bob", "cleo"]) await kernel.add(id, { "agent.ts": "" }, {});
});
afterAll(() => kernel.end());

// biome-ignore lint/suspicious/noExplicitAny: replies are looked into freely here
type Any = any;
const owner = (cap: string, args: JsonValue): Promise<Any> => kernel.result(cap, args);
async function as(id: string, cap: string, args: JsonValue): Promise<Any> {
  const reply = (await kernel.kernel.call({ id, tier: "guest" }, cap, args)) as Reply;
  if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
  return reply.result;
}
const add = async (agent: string, ...memories: { content: string; [more: string]: JsonValue }[]) =>
  (await owner("memory.add", { agent, memories })).ids as string[];

test("a time or a fraction in what is to be forgotten is meant as a whole", async () => {
  const [train = "", ...others] = await add(
    "ada",
    { content: "The night train to Varna leaves at 10:30." },
    { content: "The night train to Varna has 10 coaches and 30 beds." },
    { content: "The night train to Varna leaves at 10:35." },
  );
  expect(await owner("memory.forget", { agent: "ada", query: "Varna 10:30" })).toEqual({ forgotten: 1 });
  await expect(owner("memory.show", { agent: "ada", id: train })).rejects.toThrow("not_found");
  expect(await owner("memory.forget", { agent: "ada", ids: others })).toEqual({ forgotten: 2 });
});

describe("a memory that the owner corrects", () => {
  test("is found by its new wording; the earlier one holds for those who ask as of before", async () => {
    const [id = ""] = await add("ada", {
      content: "Zelda's piano teacher is called Wendelin.",
      valid_from: "2024-01-01T00:00:00Z",
      wing: "music",
    });
    const content = "Zelda's piano teacher is called Ottokar.";
    const edited = await owner("memory.edit", { agent: "ada", id, content });
    expect(edited.superseded).toBe(id);
    const query = "Who is Zelda's piano teacher?";
    const { hits } = await owner("memory.search", { agent: "ada", query });
    expect(hits[0]).toMatchObject({ id: edited.id, content, wing: "music" });
    const then = await owner("memory.search", { agent: "ada", query, as_of: "2024-06-01T00:00:00Z" });
    expect(then.hits.map((one: Any) => one.id)).toEqual([id]);
    const shown = await owner("memory.show", { agent: "ada", id: edited.id });
    expect(shown.versions.map((one: Any) => one.id)).toEqual([id, edited.id]);
    expect(shown.memory.superseded_by).toBeNull();
    expect((await owner("memory.show", { agent: "ada", id })).superseded_by.id).toBe(edited.id);
    await expect(
      owner("memory.edit", { agent: "ada", id, content: "Zelda plays no piano." }),
    ).rejects.toThrow("conflict");
  });

  test("takes up an earlier wording again, and is forgotten with all of them, to the last byte", async () => {
    const [first = ""] = await add("ada", { content: "The vault code is Quixotaxis." });
    const second = await owner("memory.edit", {
      agent: "ada",
      id: first,
      content: "The vault code is Zephyrin.",
    });
    const back = await owner("memory.edit", {
      agent: "ada",
      id: second.id,
      content: "The vault code is Quixotaxis.",
    });
    expect(back).toEqual({ id: first, superseded: second.id });
    const shown = await owner("memory.show", { agent: "ada", id: first });
    expect(shown.versions.map((one: Any) => one.content)).toEqual([
      "The vault code is Zephyrin.",
      "The vault code is Quixotaxis.",
    ]);
    expect(await owner("memory.forget", { agent: "ada", ids: [first] })).toEqual({ forgotten: 1 });
    const file = join(kernel.home, "agents", "ada.fwagent", "state.db");
    const bytes = Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)])
      .toString("latin1")
      .toLowerCase();
    for (const word of ["quixotaxis", "zephyrin"]) expect(bytes, word).not.toContain(word);
  });

  test("is found in its new place, by its new kind, and not in the earlier ones", async () => {
    const [id = ""] = await add("ada", {
      content: "The marmot burrows are fenced.",
      wing: "garden",
      room: "fences",
    });
    await owner("memory.edit", {
      agent: "ada",
      id,
      wing: "fields",
      room: null,
      kind: "event",
      importance: 1,
    });
    const found = async (more: Record<string, string>) =>
      (await owner("memory.search", { agent: "ada", query: "marmot burrows", ...more })).count;
    expect(await found({ wing: "garden" })).toBe(0);
    expect(await found({ wing: "fields", kind: "event" })).toBe(1);
    const { memory } = await owner("memory.show", { agent: "ada", id });
    expect(memory).toMatchObject({ wing: "fields", room: null, kind: "event", importance: 1 });
    await owner("memory.edit", { agent: "ada", id, valid_until: "2025-01-01T00:00:00Z" });
    expect((await owner("memory.show", { agent: "ada", id })).memory.valid_to).toBe(
      "2025-01-01T00:00:00.000Z",
    );
  });

  test("keeps its place in the conversation: what stands beside it is still found through it", async () => {
    const said = ["What do you collect?", "I collect bottle tops.", "Where do you keep them?"];
    const ids = await add(
      "bob",
      ...said.map((content, at) => ({ content, session: "s1", speaker: at === 1 ? "Lou" : "Kim" })),
    );
    const { id } = await owner("memory.edit", {
      agent: "bob",
      id: ids[1] as string,
      content: "I collect thimbles.",
    });
    const { hits } = await owner("memory.search", { agent: "bob", query: "What does Lou collect?" });
    expect(hits[0].id).toBe(id);
    expect((await owner("memory.show", { agent: "bob", id })).origin).toEqual({
      source: null,
      session: "s1",
      speaker: "Lou",
      position: 2,
    });
  });
});

test("a search says what each score is made of", async () => {
  await add(
    "bob",
    { content: "Did you ever meet a heron?", session: "s2", speaker: "Kim" },
    { content: "Once, at the weir, at dawn.", session: "s2", speaker: "Lou" },
  );
  const { hits } = await owner("memory.search", { agent: "bob", query: "Where did Lou meet a heron?" });
  const answer = hits.find(({ content }: Any) => content.includes("weir"));
  expect(answer.parts.words).toBe(0);
  expect(answer.parts.neighbours).toBeGreaterThan(0.2);
  expect(answer.parts.speaker).toBeGreaterThan(0);
  expect(answer.parts).toMatchObject({ entities: 0, time: 0, vector: 0 });
});

test("memories are listed by wing, room, kind, time and origin, page by page", async () => {
  const memories = Array.from({ length: 30 }, (_, at) => ({
    content: `Entry number ${at} of the ledger of day ${at}`,
    wing: at % 2 === 0 ? "even" : "odd",
    room: at % 3 === 0 ? "three" : "other",
    valid_from: new Date(Date.UTC(2024, 0, 1 + at)).toISOString(),
  }));
  await add("cleo", ...memories);
  const list = (more: Record<string, JsonValue>) => owner("memory.list", { agent: "cleo", ...more });
  expect((await list({ wing: "even" })).count).toBe(15);
  expect((await list({ wing: "even", room: "three" })).count).toBe(5);
  expect((await list({ as_of: "2024-01-10T12:00:00Z" })).count).toBe(10);
  expect((await list({ tainted: true })).count).toBe(0);
  const first = await list({ wing: "odd", limit: 10 });
  const second = await list({ wing: "odd", limit: 10, before: first.next });
  expect(second.next).toBeNull();
  expect(new Set([...first.hits, ...second.hits].map(({ id }: Any) => id)).size).toBe(15);
});

test("a lesson tells all that happened to it, and in which turn", async () => {
  const told = { situation: "Counting the sheep", mistake: "Fell asleep", better: "Count the goats" };
  const { id } = await as("ada", "mind.lesson.add", told);
  await as("ada", "mind.lesson.add", told);
  await as("ada", "mind.lesson.feedback", { id, helped: true });
  for (let times = 0; times < 3; times++) await as("ada", "mind.lesson.feedback", { id, helped: false });
  await owner("lesson.retire", { agent: "ada", id, active: true });
  const { lesson, history } = await owner("lesson.show", { agent: "ada", id });
  expect(lesson).toMatchObject({ id, state: "active" });
  expect(history.map(({ event }: Any) => event)).toEqual([
    "learned",
    "again",
    "helped",
    "hurt",
    "hurt",
    "hurt",
    "retired",
    "restored",
  ]);
  for (const { turn, at } of history) {
    expect(turn).toMatch(/./);
    expect(Date.parse(at)).toBeGreaterThan(0);
  }
  await expect(owner("lesson.show", { agent: "ada", id: "l999" })).rejects.toThrow("not_found");
});

describe("doctrine", () => {
  test("that is set as rules stands in the agent's folder and is in force at once", async () => {
    const rules = [
      { text: "Never lie\nto the owner.", sacred: true },
      { text: "Be brief.", amplitude: 0.85 },
      { text: "Be kind." },
    ];
    const set = await owner("doctrine.set", { agent: "ada", rules });
    expect(set.rules.map(({ text, amplitude, sacred }: Any) => [text, amplitude, sacred])).toEqual([
      ["Never lie to the owner.", 1, true],
      ["Be brief.", 0.85, false],
      ["Be kind.", 0.5, false],
    ]);
    const listed = await owner("doctrine.list", { agent: "ada" });
    expect(listed).toMatchObject({ rules: set.rules, file: set.file });
    const file = join(kernel.home, "agents", "ada.fwagent", set.file);
    expect(readFileSync(file, "utf8")).toBe(listed.text);
    const prepared = await as("ada", "mind.prepare", { message: { text: "Hello" }, session: "s1" });
    expect(JSON.stringify(prepared.messages)).toContain("Never lie to the owner.");
  });

  test("that is set as text stays as it was written, in the file that was there", async () => {
    const text = "# Sacred\n\n1. Ask first.\n";
    expect((await owner("doctrine.set", { agent: "ada", text })).rules).toMatchObject([
      { text: "Ask first.", sacred: true },
    ]);
    expect((await owner("doctrine.list", { agent: "ada" })).text).toBe(text);
    await expect(owner("doctrine.set", { agent: "ada" })).rejects.toThrow("invalid_input");
    await expect(owner("doctrine.set", { agent: "nobody", text })).rejects.toThrow("not_found");
  });
});

describe("the graph", () => {
  const fact = (subject: string, predicate: string, object: string, valid_from: string, more = {}) =>
    as("cleo", "mind.graph.add", { subject, predicate, object, valid_from, ...more });

  test("is shown around a name, with validity, the memory behind a fact, and what it contradicts", async () => {
    const [memory = ""] = await add("cleo", { content: "Mia moved to Kiel in January 2023." });
    await fact("Mia", "lives in", "Ulm", "2020-01-01T00:00:00Z");
    await fact("mia", "lives in", "Kiel", "2023-01-01T00:00:00Z", { source: memory });
    await fact("Kiel", "lies at", "the Baltic", "2020-01-01T00:00:00Z");
    await fact("the Baltic", "borders", "Sweden", "2020-01-01T00:00:00Z");
    const shown = await owner("graph.show", { agent: "cleo", around: "Mia" });
    expect(shown.nodes.map(({ name, distance }: Any) => [name.toLowerCase(), distance])).toEqual([
      ["mia", 0],
      ["kiel", 1],
      ["the baltic", 2],
    ]);
    const moved = shown.edges.find(({ object }: Any) => object === "Kiel");
    expect(moved).toMatchObject({
      from: "mia",
      to: "kiel",
      memory: { id: memory, content: "Mia moved to Kiel in January 2023." },
      contradicts: [{ object: "Ulm", valid_to: "2023-01-01T00:00:00.000Z" }],
    });
    const then = await owner("graph.show", { agent: "cleo", around: "Mia", as_of: "2021-01-01T00:00:00Z" });
    expect(then.edges.map(({ object }: Any) => object)).toEqual(["Ulm"]);
    const ever = await owner("graph.show", { agent: "cleo", around: "Mia", depth: 1, ended: true });
    expect(ever.edges.map(({ object }: Any) => object).sort()).toEqual(["Kiel", "Ulm"]);
  });

  test("shows the best connected names where none is given, and says when there is more", async () => {
    for (let at = 0; at < 20; at++)
      await fact("Hub", "knows", `Spoke ${at}`, "2020-01-01T00:00:00Z", { replaces: false });
    const shown = await owner("graph.show", { agent: "cleo", limit: 5 });
    expect(shown.nodes).toHaveLength(5);
    expect(shown.nodes[0].name).toBe("Hub");
    expect(shown.truncated).toBe(true);
    expect((await owner("graph.show", { agent: "cleo", around: "nobody" })).nodes).toEqual([]);
  });

  test("lets a fact end", async () => {
    const { id } = await fact("Otto", "owns", "a boat", "2020-01-01T00:00:00Z");
    await owner("graph.retire", { agent: "cleo", id });
    expect((await as("cleo", "mind.graph.query", { about: "Otto" })).facts).toEqual([]);
    const ever = await owner("graph.show", { agent: "cleo", around: "Otto", ended: true });
    expect(ever.edges[0].valid_to).not.toBeNull();
    await expect(owner("graph.retire", { agent: "cleo", id: "f999" })).rejects.toThrow("not_found");
  });
});

test("insights are listed with the memories they were drawn from", async () => {
  const days = ["2024-01-05", "2024-02-11", "2024-03-20"];
  const ids = await add(
    "bob",
    ...days.map((day, at) => ({
      content: `Round ${at} went well, then came Valdemar with news.`,
      session: `d${at}`,
      at: `${day}T09:00:00Z`,
    })),
  );
  expect(await owner("mind.dream", { agent: "bob" })).toMatchObject({ cost_usd: 0, problem: null });
  const { insights } = await owner("insight.list", { agent: "bob" });
  const about = insights.find(({ content }: Any) => content.startsWith("Valdemar"));
  expect(about).toMatchObject({ kind: "eureka", sources: 3 });
  expect(about.drawn_from.map(({ id }: Any) => id).sort()).toEqual([...ids].sort());
  const shown = await owner("memory.show", { agent: "bob", id: ids[0] as string });
  expect(shown.insights.map(({ id }: Any) => id)).toContain(about.id);
  expect(shown.embedding).toBeNull();
});

describe("the notes of an agent to itself", () => {
  test("are read by the owner, and what is to be done is ticked off", async () => {
    await as("cleo", "mind.diary.write", { text: "Tuned the harpsichord.", day: "2026-03-14" });
    await as("cleo", "mind.diary.write", { text: "Wrote to Wendelin.", day: "2026-03-15" });
    const { id } = await as("cleo", "mind.todo.add", { text: "Buy strings" });
    await as("cleo", "mind.todo.add", { text: "Call the carpenter" });
    const { entries } = await owner("diary.list", { agent: "cleo", from: "2026-03-15" });
    expect(entries.map(({ day, text }: Any) => [day, text])).toEqual([["2026-03-15", "Wrote to Wendelin."]]);
    await owner("todo.set", { agent: "cleo", id, done: true });
    const texts = async (all: boolean) =>
      (await owner("todo.list", { agent: "cleo", all })).todos.map(({ text }: Any) => text);
    expect(await texts(false)).toEqual(["Call the carpenter"]);
    expect(await texts(true)).toEqual(["Call the carpenter", "Buy strings"]);
    expect((await owner("todo.list", { agent: "ada" })).todos).toEqual([]);
    await expect(owner("todo.set", { agent: "cleo", id: "t999", done: true })).rejects.toThrow("not_found");
  });
});
