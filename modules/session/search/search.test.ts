import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { CapabilityOutput, LlmMessage } from "#contract";
import { makeSystem, type TestSystem } from "../harness.ts";
import { stateMigrations } from "../tables.ts";

type Result = CapabilityOutput<"session.search">;
const user = (content: string): LlmMessage => ({ role: "user", content });
const assistant = (content: string): LlmMessage => ({ role: "assistant", content });

let turns = 0;
const say = (system: TestSystem, session: string, messages: LlmMessage[], agent = "field") =>
  system.call("session.append", { session, messages }, { agent, trace: `turn${++turns}` });
const search = (system: TestSystem, query: string, more = {}) =>
  system.call<Result>("session.search", { query, ...more });
const places = ({ found }: Result) =>
  found.map(({ agent, session, places }) => [agent, session, places.map(({ n }) => n)]);

describe("what was said", () => {
  test("is found by its words, by whoever it was said, in the conversations of all agents", async () => {
    using system = await makeSystem();
    await say(system, "a", [user("Where do tulips grow?"), assistant("Tulips like a sunny garden.")]);
    await say(system, "b", [user("My garden is small")], "other");
    await say(system, "c", [user("Something else")]);
    const found = await search(system, "garden");
    expect(places(found)).toEqual([
      ["other", "b", [1]],
      ["field", "a", [2]],
    ]);
    expect(found).toMatchObject({
      more: false,
      left: 0,
      found: [
        {},
        {
          title: "Where do tulips grow?",
          places: [{ who: "agent", excerpt: "Tulips like a sunny garden." }],
        },
      ],
    });
    expect(places(await search(system, "garden", { agent: "other" }))).toEqual([["other", "b", [1]]]);
    expect(places(await search(system, "SUNNY tulip"))).toEqual([["field", "a", [2]]]);
    expect(places(await search(system, "sunny small"))).toEqual([]);
    expect(places(await search(system, "!?"))).toEqual([]);
  });

  test("is found without spaces between words, and with other accents", async () => {
    using system = await makeSystem();
    await say(system, "a", [
      user("明日は東京へ行きます"),
      assistant("พรุ่งนี้ไปกรุงเทพ"),
      assistant("Être à Besançon"),
    ]);
    for (const [query, n] of [
      ["東京", 1],
      ["京", 1],
      ["กรุงเทพ", 2],
      ["besancon etre", 3],
    ] as const)
      expect(places(await search(system, query)), query).toEqual([["field", "a", [n]]]);
    expect(places(await search(system, "京東"))).toEqual([]);
  });

  test("is what people and agents said, not what tools gave and models thought", async () => {
    using system = await makeSystem();
    await say(system, "a", [
      user("Look it up"),
      {
        role: "assistant",
        content: [
          { type: "thinking", text: "zeppelin" },
          { type: "tool_call", id: "1", name: "look", args: '{"for":"zeppelin"}' },
        ],
      },
      {
        role: "tool",
        content: [{ type: "tool_result", id: "1", content: [{ type: "text", text: "zeppelin" }] }],
      },
      assistant("There is none."),
    ]);
    expect(places(await search(system, "zeppelin"))).toEqual([]);
  });

  test("shows the newest three places of a conversation, and titles that have the words", async () => {
    using system = await makeSystem();
    await say(
      system,
      "long",
      Array.from({ length: 9 }, (_, n) => user(`needle ${n}`)),
    );
    await say(system, "titled", [user("Hello")]);
    await system.call("session.change", {
      agent: "field",
      session: "titled",
      title: "The Needle",
      archived: true,
    });
    const found = await search(system, "needle");
    expect(places(found)).toEqual([
      ["field", "titled", []],
      ["field", "long", [9, 8, 7]],
    ]);
    expect(found.found[0]).toMatchObject({ title: "The Needle", archived: true });
    expect(await search(system, "needle", { limit: 1 })).toMatchObject({
      found: [{ session: "titled" }],
      more: true,
    });
  });
});

describe("what was taken back or deleted", () => {
  test("is not found; its branch is", async () => {
    using system = await makeSystem();
    await say(system, "a", [user("One walrus"), assistant("Two walruses")]);
    const { session } = await system.call<{ session: string }>("session.branch", {
      agent: "field",
      session: "a",
      upto: 1,
    });
    await system.call("session.rewind", { agent: "field", session: "a", to: 1 });
    expect(places(await search(system, "walrus"))).toEqual([
      ["field", session, [1]],
      ["field", "a", [1]],
    ]);
    await system.call("session.delete", { agent: "field", session: "a" });
    await system.call("session.delete", { agent: "field", session });
    expect(places(await search(system, "walrus"))).toEqual([]);
  });

  test("stands nowhere in the file", async () => {
    using system = await makeSystem();
    for (let n = 0; n < 200; n++) await say(system, `s${n % 7}`, [user(`everyday words ${n} of others`)]);
    for (let n = 0; n < 60; n++) await say(system, "secret", [user(`Quillfeather${n} brambleforth`)]);
    await system.call("session.delete", { agent: "field", session: "secret" });
    const state = system.host.stateOf("field");
    state.sql("PRAGMA wal_checkpoint(TRUNCATE)").get();
    const bytes = readFileSync(state.path).toString("latin1").toLowerCase();
    const held = ["everyday", "quillfeather", "brambleforth"].filter((word) => bytes.includes(word));
    expect(held).toEqual(["everyday"]);
    const { cap, args } = system.asked.at(-1) ?? {};
    expect(cap).toBe("mind.cleanse");
    expect(JSON.stringify(args)).toContain('"quillfeather59"');
  });
});

test("what was said before there was an index is found too, and deleted before it was indexed leaves nothing to find", async () => {
  using system = await makeSystem();
  for (const session of ["a", "b"])
    await say(system, session, [user("An old walrus"), assistant("Older than you think")]);
  const state = system.host.stateOf("field");
  // As an older home is when it is opened for the first time.
  for (const table of ["session_said_fts", "session_said"]) state.sql(`DROP TABLE ${table}`).run();
  for (const sql of (stateMigrations.find(({ version }) => version === 4)?.sql ?? "").split(";\n"))
    if (sql.trim() !== "") state.sql(sql).run();
  await system.call("session.delete", { agent: "field", session: "b" });
  expect(await search(system, "walrus")).toMatchObject({
    found: [{ session: "a", places: [{ n: 1 }] }],
    left: 0,
  });
  await say(system, "c", [user("A new walrus")]);
  expect(places(await search(system, "walrus")).map(([, session]) => session)).toEqual(["c", "a"]);
});

test("a search that nobody waits for any more ends", async () => {
  using system = await makeSystem();
  await say(system, "a", [user("A walrus")]);
  const signal = AbortSignal.abort(new Error("left"));
  await expect(system.call("session.search", { query: "walrus" }, { signal })).rejects.toThrow("left");
});
