import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonValue, Reply } from "#contract";
import { type BenchKernel, startKernel } from "../../bench/kernel.ts";

let kernel: BenchKernel;
const agents: string[] = [];

beforeAll(async () => {
  kernel = await startKernel();
  for (const id of ["ada", "bob", "cleo", "dora"]) {
    await kernel.add(id, { "agent.ts": "", "doktrin.md": DOCTRINE }, {});
    agents.push(id);
  }
});
afterAll(() => kernel.end());

const DOCTRINE = `# Rules
- [sacred] Never lie to the owner.
- [0.9] Keep answers short.

## Sacred ones
1. Ask before money is spent.

Be kind.
`;

// biome-ignore lint/suspicious/noExplicitAny: replies are looked into freely here
type Any = any;
async function as(id: string, cap: string, args: JsonValue): Promise<Any> {
  const reply = (await kernel.kernel.call({ id, tier: "guest" }, cap, args)) as Reply;
  if (!reply.ok) throw Object.assign(new Error(`${reply.error.code}: ${reply.error.message}`), reply.error);
  return reply.result;
}
const owner = (cap: string, args: JsonValue): Promise<Any> => kernel.result(cap, args);
const contents = (found: Any): string[] => found.hits.map(({ content }: Any) => content);

describe("memories", () => {
  test("the same content twice is one memory", async () => {
    const first = await as("ada", "store.brain.add", { content: "The cellar key hangs behind the clock." });
    const again = await as("ada", "store.brain.add", { content: " The cellar key hangs behind the clock. " });
    expect(first.added).toBe(true);
    expect(again).toEqual({ id: first.id, added: false });
  });

  test("a memory is found in other words, says why, and its score does not depend on what else was found", async () => {
    const { hits, count } = await as("ada", "store.brain.search", {
      query: "Where does the key of the cellar hang?",
    });
    expect(count).toBe(1);
    expect(hits[0]).toMatchObject({
      content: "The cellar key hangs behind the clock.",
      kind: "fact",
      tainted: false,
    });
    expect(hits[0].score).toBeGreaterThan(0.8);
    expect(hits[0].why.join()).toContain("cellar");
    await as("ada", "store.brain.add", { content: "In the cellar stand forty jars of plum jam." });
    const later = await as("ada", "store.brain.search", { query: "Where does the key of the cellar hang?" });
    expect(later.hits[0].score).toBeCloseTo(hits[0].score, 2);
  });

  test("what nothing here is about is answered by nothing", async () => {
    for (const query of [
      "What is the boiling point of tungsten?",
      "Thanks, that's great!",
      "Write a haiku about autumn.",
      "你好",
    ])
      expect(await as("ada", "store.brain.search", { query, k: 50 })).toEqual({ hits: [], count: 0 });
  });

  test("text of any script is found: Chinese, Japanese, Thai, Russian, Arabic, Hindi, Korean, German", async () => {
    const said: readonly (readonly [string, string])[] = [
      ["我们昨天收养了一只橘猫", "橘猫"],
      ["来週の会議は京都で行われます", "京都の会議"],
      ["พรุ่งนี้ฉันจะไปตลาดน้ำ", "ตลาดน้ำ"],
      ["Мы купили красную лодку", "красная лодка"],
      ["اشترينا قاربا أحمر", "قارب أحمر"],
      ["हमने एक लाल नाव खरीदी", "लाल नाव"],
      ["우리는 학교에서 축구를 했다", "학교 축구"],
      ["Wir haben die Gästezimmer grün gestrichen", "Gastezimmer gruen? grün"],
    ];
    for (const [content] of said) await as("bob", "store.brain.add", { content });
    for (const [content, query] of said)
      expect(contents(await as("bob", "store.brain.search", { query })), query).toContain(content);
  });

  test("times, versions, fractions and dates in numbers are kept, found and forgotten", async () => {
    const told = [
      "10:30 is when the ferry leaves.",
      "Version 3.5 of the compiler broke the build.",
      "The recipe takes 1/2 a litre of cream.",
      "2023-05-08 was the day of the eclipse.",
    ];
    const { ids } = await owner("memory.add", {
      agent: "dora",
      memories: told.map((content) => ({ content })),
    });
    for (const [query, place] of [
      ["What leaves at 10:30?", 0],
      ["version 3.5", 1],
      ["Who takes 1/2 a litre?", 2],
    ] as const)
      expect(contents(await as("dora", "store.brain.search", { query, k: 1 }))).toEqual([told[place]]);
    expect(await owner("memory.forget", { agent: "dora", query: "version 3.5" })).toEqual({ forgotten: 1 });
    await owner("memory.forget", { agent: "dora", ids });
  });

  test("wing, kind and time narrow a search", async () => {
    await owner("memory.add", {
      agent: "cleo",
      memories: [
        {
          content: "The harbour festival was loud.",
          wing: "home",
          kind: "event",
          valid_from: "2024-05-01T10:00:00Z",
        },
        {
          content: "The harbour report is due.",
          wing: "work/2 & more",
          kind: "task",
          valid_from: "2025-05-01T10:00:00Z",
        },
      ],
    });
    const search = (more: Record<string, string>) =>
      as("cleo", "store.brain.search", { query: "harbour", ...more }).then(contents);
    expect(await search({})).toHaveLength(2);
    expect(await search({ wing: "work/2 & more" })).toEqual(["The harbour report is due."]);
    expect(await search({ kind: "event" })).toEqual(["The harbour festival was loud."]);
    expect(await search({ as_of: "2024-06-01T00:00:00Z" })).toEqual(["The harbour festival was loud."]);
  });

  test("a newer fact takes the place of an older one, which stays for those who ask as of then", async () => {
    await owner("memory.add", {
      agent: "cleo",
      memories: [{ content: "Grandma's favourite colour is blue.", valid_from: "2024-01-01T00:00:00Z" }],
    });
    await owner("memory.add", {
      agent: "cleo",
      memories: [{ content: "Grandma's favourite colour is green.", valid_from: "2025-01-01T00:00:00Z" }],
    });
    const now = await as("cleo", "store.brain.search", { query: "What is grandma's favourite colour?" });
    expect(contents(now)[0]).toBe("Grandma's favourite colour is green.");
    expect(now.hits[1].valid_to).toBe("2025-01-01T00:00:00.000Z");
    const then = await as("cleo", "store.brain.search", {
      query: "What is grandma's favourite colour?",
      as_of: "2024-06-01T00:00:00Z",
    });
    expect(contents(then)).toEqual(["Grandma's favourite colour is blue."]);
  });

  test("two things somebody likes do not take each other's place", async () => {
    for (const content of [
      "Olga likes tea",
      "Olga likes coffee",
      "Olga visited Rome in spring",
      "Olga visited Oslo in spring",
    ])
      await as("cleo", "store.brain.add", { content });
    const { hits } = await as("cleo", "store.brain.search", { query: "Olga", k: 10 });
    expect(hits.filter(({ valid_to }: Any) => valid_to !== null)).toEqual([]);
  });

  test("an answer is found by its question, through the session they were said in", async () => {
    const turns = [
      "What did you do on your holiday?",
      "We rented a windmill, the wings turned all night.",
      "Nice!",
    ];
    await owner("memory.add", {
      agent: "dora",
      memories: turns.map((content, at) => ({
        content,
        session: "s1",
        speaker: at % 2 === 0 ? "Paul" : "Ines",
        at: `2024-03-0${at + 1}T10:00:00Z`,
      })),
    });
    const found = await as("dora", "store.brain.search", { query: "What did Ines do on her holiday?" });
    expect(contents(found)[0]).toBe(turns[1]);
    expect(found.hits[0]).toMatchObject({ session: "s1", speaker: "Ines" });
  });

  test("a month without its year is the latest that anything is remembered of", async () => {
    const memories = [
      { content: "Rui has come home from the navy and bakes with us.", at: "2021-10-05T10:00:00Z" },
      { content: "The oven was swept.", at: "2021-03-05T10:00:00Z" },
    ];
    const { ids } = await owner("memory.add", { agent: "dora", memories });
    const { hits } = await as("dora", "store.brain.search", { query: "What was said in October?" });
    expect(contents({ hits })).toEqual([memories[0]?.content]);
    expect(hits[0].why).toContain("it fits the time asked for");
    await owner("memory.forget", { agent: "dora", ids });
  });

  test("texts given at once stand beside each other, though nothing says who spoke", async () => {
    const memories = ["Where did you put the trowel?", "Under the upturned pot.", "It was a fine day."];
    const { ids } = await owner("memory.add", {
      agent: "dora",
      memories: memories.map((content) => ({ content })),
    });
    const { hits } = await as("dora", "store.brain.search", { query: "Where is the trowel?", k: 20 });
    expect(contents({ hits })).toContain("Under the upturned pot.");
    await owner("memory.forget", { agent: "dora", ids });
  });

  test("what is forgotten leaves no byte behind", async () => {
    const secret = "The xylographer Quandrefix owes Bartholomeusz nine zorkmids";
    const memories = Array.from({ length: 400 }, (_, at) => ({
      content: `Filler number ${at} about the village pump and the weather of day ${at * 7}`,
    }));
    await owner("memory.add", { agent: "dora", memories: memories.slice(0, 200) });
    const { ids } = await owner("memory.add", {
      agent: "dora",
      memories: [{ content: secret, session: "hush", speaker: "Wilmerding" }],
    });
    await owner("memory.add", { agent: "dora", memories: memories.slice(200) });
    const file = join(kernel.home, "agents", "dora.fwagent", "state.db");
    const onDisk = () =>
      Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)])
        .toString("latin1")
        .toLowerCase();
    expect((await as("dora", "store.brain.search", { query: "zorkmids" })).hits[0].id).toBe(ids[0]);
    expect(onDisk()).toContain("quandrefix");
    expect(await owner("memory.forget", { agent: "dora", ids })).toEqual({ forgotten: 1 });
    expect((await as("dora", "store.brain.search", { query: "zorkmids" })).count).toBe(0);
    const bytes = onDisk();
    for (const word of [
      "xylographer",
      "quandrefix",
      "bartholomeusz",
      "zorkmid",
      "wilmerding",
      "zork",
      "hush",
    ])
      expect(bytes, word).not.toContain(word);
    expect(bytes).toContain("village pump");
  });

  test("memories are forgotten by what they hold and by session", async () => {
    expect(await owner("memory.forget", { agent: "dora", query: "village pump" })).toEqual({
      forgotten: 400,
    });
    expect(await owner("memory.forget", { agent: "dora", session: "s1" })).toEqual({ forgotten: 3 });
    expect((await owner("mind.show", { agent: "dora" })).memories).toBe(0);
    await expect(owner("memory.forget", { agent: "dora" })).rejects.toThrow("invalid_input");
  });

  test("they are listed, the newest first, page by page", async () => {
    const first = await owner("memory.list", { agent: "bob", limit: 3 });
    expect(first.hits).toHaveLength(3);
    const next = await owner("memory.list", { agent: "bob", limit: 3, before: first.hits[2].id });
    expect(new Set([...first.hits, ...next.hits].map(({ id }: Any) => id)).size).toBe(6);
  });
});

describe("lessons", () => {
  const wall = {
    situation: "Writing a report to the shared folder with fs.write",
    mistake: "fs.write to /reports failed: denied",
    better: "Write to the workspace and hand the path over",
    code: "denied",
  };

  test("a lesson is recalled before the same wall and not before another", async () => {
    const { id, hits } = await as("ada", "mind.lesson.add", wall);
    expect(hits).toBe(1);
    const { lessons } = await as("ada", "mind.lesson.recall", {
      situation: "Please write the monthly report into the shared folder",
    });
    expect(lessons).toHaveLength(1);
    expect(lessons[0]).toMatchObject({ id, better: wall.better, state: "active" });
    expect(
      (await as("ada", "mind.lesson.recall", { situation: "What is the capital of Mongolia?" })).lessons,
    ).toEqual([]);
  });

  test("learned again it grows stronger; what helped ranks before what did not; what hurts is retired and kept", async () => {
    const first = await as("ada", "mind.lesson.add", wall);
    expect(first.hits).toBe(2);
    const other = await as("ada", "mind.lesson.add", {
      ...wall,
      better: "Shout at the folder",
      code: "conflict",
    });
    const recalled = async () =>
      (await as("ada", "mind.lesson.recall", { situation: wall.situation })).lessons.map(({ id }: Any) => id);
    await as("ada", "mind.lesson.feedback", { id: first.id, helped: true });
    expect(await recalled()).toEqual([first.id, other.id]);
    for (let times = 0; times < 3; times++)
      await as("ada", "mind.lesson.feedback", { id: other.id, helped: false });
    expect(await recalled()).toEqual([first.id]);
    const all = await owner("lesson.list", { agent: "ada", all: true });
    expect(all.lessons.find(({ id }: Any) => id === other.id)).toMatchObject({ state: "retired" });
    await owner("lesson.retire", { agent: "ada", id: other.id, active: true });
    expect(await recalled()).toContain(other.id);
  });
});

describe("the rest of the mind", () => {
  test("the doctrine is read from the agent's folder", async () => {
    const { rules } = await owner("doctrine.list", { agent: "ada" });
    expect(rules.map(({ text, amplitude, sacred }: Any) => [text, amplitude, sacred])).toEqual([
      ["Never lie to the owner.", 1, true],
      ["Keep answers short.", 0.9, false],
      ["Ask before money is spent.", 1, true],
      ["Be kind.", 1, true],
    ]);
  });

  test("a contradicting fact ends the one before and reports it; facts are followed from name to name", async () => {
    const fact = (subject: string, predicate: string, object: string, valid_from: string, more = {}) =>
      as("ada", "mind.graph.add", { subject, predicate, object, valid_from, ...more });
    await fact("Mia", "lives in", "Ulm", "2020-01-01T00:00:00Z");
    const moved = await fact("mia", "lives in", "Kiel", "2023-01-01T00:00:00Z");
    expect(moved.ended).toMatchObject([{ object: "Ulm", valid_to: "2023-01-01T00:00:00.000Z" }]);
    expect(await fact("Mia", "lives in", "Kiel", "2024-01-01T00:00:00Z")).toMatchObject({ added: false });
    await fact("Kiel", "lies at", "the Baltic", "2020-01-01T00:00:00Z");
    const objects = async (args: Record<string, JsonValue>) =>
      (await as("ada", "mind.graph.query", { about: "Mia", ...args })).facts.map(({ object }: Any) => object);
    expect(await objects({})).toEqual(["Kiel"]);
    expect(await objects({ as_of: "2021-01-01T00:00:00Z" })).toEqual(["Ulm"]);
    expect(await objects({ depth: 2 })).toEqual(["Kiel", "the Baltic"]);
    await fact("Mia", "likes", "tea", "2020-01-01T00:00:00Z", { replaces: false });
    expect((await fact("Mia", "likes", "salt", "2021-01-01T00:00:00Z", { replaces: false })).ended).toEqual(
      [],
    );
  });

  test("diary and to-do list keep what is written", async () => {
    await as("ada", "mind.diary.write", { text: "A quiet day.", day: "2024-02-01" });
    await as("ada", "mind.diary.write", { text: "A loud day.", day: "2024-02-03" });
    const { entries } = await as("ada", "mind.diary.read", { from: "2024-02-01", to: "2024-02-28" });
    expect(entries.map(({ text }: Any) => text)).toEqual(["A loud day.", "A quiet day."]);
    const { id } = await as("ada", "mind.todo.add", { text: "Water the ferns" });
    await as("ada", "mind.todo.add", { text: "Call Ines", due_at: "2024-02-01T08:00:00Z" });
    await as("ada", "mind.todo.set", { id, done: true });
    expect((await as("ada", "mind.todo.list", {})).todos.map(({ text }: Any) => text)).toEqual(["Call Ines"]);
    expect((await as("ada", "mind.todo.list", { all: true })).todos).toMatchObject([
      { done: false },
      { text: "Water the ferns", done: true },
    ]);
  });

  test("dreaming makes an insight once, and forgetting its source takes it along", async () => {
    const days = ["2024-01-05", "2024-02-11", "2024-03-20"];
    await owner("memory.add", {
      agent: "bob",
      memories: days.map((day, at) => ({
        content: `Meeting number ${at} went well, then came Valdemar with news.`,
        session: `d${at}`,
        at: `${day}T09:00:00Z`,
      })),
    });
    expect(await owner("mind.dream", { agent: "bob" })).toMatchObject({ insights: 1 });
    expect(await owner("mind.dream", { agent: "bob" })).toMatchObject({ insights: 0, read: 0 });
    const { hits } = await as("bob", "store.brain.search", { query: "Valdemar", kind: "eureka" });
    expect(hits[0].content).toContain("Valdemar came up 3 times from 2024-01-05 to 2024-03-20");
    await owner("memory.forget", { agent: "bob", session: "d1" });
    expect((await as("bob", "store.brain.search", { query: "Valdemar", kind: "eureka" })).count).toBe(0);
  });
});
