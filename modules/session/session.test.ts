import { describe, expect, test } from "vitest";
import type { Event, FieldworkError, JsonObject, SessionEntry, SessionInfo } from "#contract";
import { makeSystem } from "./harness.ts";
import { titleOf } from "./title.ts";

const user = (content: string) => ({ role: "user", content });
const assistant = (content: string) => ({ role: "assistant", content });
type History = { entries: SessionEntry[]; last: number; summary: SessionEntry | null };
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "none",
    (error: FieldworkError) => error.code,
  );
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("the log", () => {
  test("grows in order, and is read from any place", async () => {
    using system = await makeSystem();
    await system.call("session.append", { session: "s", messages: [user("Hi"), assistant("Hello")] });
    const { last } = await system.call(
      "session.append",
      { session: "s", messages: [user("More")] },
      { trace: "t2" },
    );
    expect(last).toBe(3);
    const all = await system.call<History>("session.history", { session: "s" });
    expect(all.entries.map(({ n, turn, message }) => [n, turn, message.content])).toEqual([
      [1, "t1", "Hi"],
      [2, "t1", "Hello"],
      [3, "t2", "More"],
    ]);
    const newest = await system.call<History>("session.history", { session: "s", newest: true, limit: 2 });
    expect(newest.entries.map(({ n }) => n)).toEqual([2, 3]);
    const rest = await system.call<History>("session.history", { session: "s", after: 2 });
    expect(rest).toMatchObject({ entries: [{ n: 3 }], last: 3, summary: null });
  });

  test("takes the same key of a turn once", async () => {
    using system = await makeSystem();
    const args = { session: "s", messages: [user("Hi")], key: "entry-1" };
    const first = await system.call("session.append", args);
    expect(await system.call("session.append", args)).toEqual(first);
    await system.call("session.append", args, { trace: "t2" });
    expect((await system.call<History>("session.history", { session: "s" })).last).toBe(2);
    expect(system.events.filter(({ kind }) => kind === "turn.started")).toHaveLength(2);
  });

  test("belongs to one agent", async () => {
    using system = await makeSystem();
    await system.call("session.append", { session: "s", messages: [user("Secret")] });
    expect(await system.call("session.history", { session: "s" }, { agent: "other" })).toMatchObject({
      entries: [],
      last: 0,
    });
  });

  test("marks what was said in a tainted turn, but not what the owner added to it", async () => {
    using system = await makeSystem();
    system.mail("s", "t1", "running");
    await system.call("session.append", { session: "s", messages: [user("Fetch")] });
    await system.call("turn.add", { agent: "field", session: "s", text: "and hurry" });
    await system.call("turn.pending", { session: "s" });
    await system.call(
      "session.append",
      { session: "s", messages: [assistant("From the web"), user("and hurry")] },
      { tainted: true },
    );
    const { entries } = await system.call<History>("session.history", { session: "s" });
    expect(entries.map(({ tainted }) => tainted)).toEqual([false, true, false]);
  });

  test("lists the tools that the journal knows of, each once, whatever the agent claims", async () => {
    using system = await makeSystem();
    const replied = (seq: number): Event =>
      ({
        seq,
        at: Date.parse("2026-01-01T00:00:00Z"),
        hash: `h${seq}`,
        trace: "t1",
        kind: "tool.replied",
        subject: "fs.read",
        data: { ok: true, args_hash: "a", result_hash: "r" },
      }) as unknown as Event;
    system.journal.push(replied(5), replied(6));
    await system.call("session.append", { session: "s", messages: [assistant("Read")] });
    system.journal.push(replied(9));
    await system.call("session.append", { session: "s", messages: [assistant("Read again")] });
    await system.call("session.append", { session: "s", messages: [assistant("I also sent a mail")] });
    const { entries } = await system.call<History>("session.history", { session: "s" });
    expect(entries.map(({ receipts }) => receipts?.map(({ seq, tool }) => `${seq} ${tool}`))).toEqual([
      ["5 fs.read", "6 fs.read"],
      ["9 fs.read"],
      undefined,
    ]);
  });

  test("of 10,000 messages is as quick to add to and to read as a short one", async () => {
    using system = await makeSystem();
    for (let n = 0; n < 200; n++) {
      await system.call("session.append", {
        session: "s",
        messages: Array.from({ length: 50 }, (_, index) =>
          user(`Message ${n * 50 + index} ${"word ".repeat(30)}`),
        ),
      });
    }
    for (let n = 0; n < 8; n++)
      await system.call("session.append", {
        session: "short",
        messages: Array.from({ length: 50 }, (_, index) => user(`Message ${index} ${"word ".repeat(30)}`)),
      });
    const round = async (session: string): Promise<number> => {
      const begun = performance.now();
      await system.call("session.append", { session, messages: [user("one more")] });
      await system.call("session.history", { session, newest: true, limit: 400 });
      return performance.now() - begun;
    };
    const [long, short]: [number[], number[]] = [[], []];
    // In turns, so that a busy machine slows both.
    for (let n = 0; n < 20; n++) {
      long.push(await round("s"));
      short.push(await round("short"));
    }
    const fastest = (times: number[]) => Math.min(...times);
    expect(fastest(long)).toBeLessThan(fastest(short) * 5);
    expect(
      (await system.call<History>("session.history", { session: "s", newest: true, limit: 1 })).last,
    ).toBe(10_020);
  });
});

describe("a summary", () => {
  const long = "word ".repeat(200);

  test("is given apart, and nothing of the log is lost", async () => {
    using system = await makeSystem();
    await system.call("session.append", {
      session: "s",
      messages: [user(long), assistant(long), user("new")],
    });
    await system.call("session.append", { session: "s", messages: [assistant("Words.")], summary_covers: 2 });
    const { entries, summary } = await system.call<History>("session.history", { session: "s" });
    expect(entries.map(({ kind }) => kind)).toEqual(["message", "message", "message", "summary"]);
    expect(summary).toMatchObject({ n: 4, covers: 2, message: assistant("Words.") });
    expect(system.events.at(-1)).toMatchObject({ kind: "session.compacted" });
  });

  test("that is not shorter than what it covers, or covers nothing new, is refused", async () => {
    using system = await makeSystem();
    const add = (content: string, covers: number) =>
      codeOf(
        system.call("session.append", {
          session: "s",
          messages: [assistant(content)],
          summary_covers: covers,
        }),
      );
    await system.call("session.append", {
      session: "s",
      messages: [user("Hi"), assistant("Ho"), user(long)],
    });
    expect(await add(long, 2)).toBe("invalid_input");
    expect(await add("Words.", 9)).toBe("invalid_input");
    expect(await add("Hi, ho.", 3)).toBe("none");
    expect(await add("x", 3)).toBe("invalid_input");
    expect(await add("x", 2)).toBe("invalid_input");
    expect((await system.call<History>("session.history", { session: "s" })).last).toBe(4);
  });
});

describe("the owner's view", () => {
  test("lists conversations of all agents, pinned first, then the newest; without archived ones", async () => {
    using system = await makeSystem();
    const say = (session: string, agent: string) =>
      system.call("session.append", { session, messages: [user(`About ${session}`)] }, { agent });
    await say("a", "field");
    await say("b", "other");
    await say("c", "field");
    await say("d", "field");
    await system.call("session.change", { agent: "field", session: "a", pinned: true, title: "Alpha" });
    await system.call("session.change", { agent: "field", session: "d", archived: true });
    const { sessions } = await system.call<{ sessions: SessionInfo[] }>("session.list", {});
    expect(sessions.map(({ agent, title }) => `${agent}: ${title}`)).toEqual([
      "field: Alpha",
      "field: About c",
      "other: About b",
    ]);
    expect(await system.call("session.list", { archived: true })).toMatchObject({
      sessions: [{ session: "d" }],
    });
    expect(await codeOf(system.call("session.show", { agent: "field", session: "none" }))).toBe("not_found");
  });

  test("shows what is being said just now, until it stands in the log", async () => {
    using system = await makeSystem();
    system.mail("s", "t1", "running");
    await system.call("session.append", { session: "s", messages: [user("Hi")] });
    const tell = (data: JsonObject, trace = "t1") =>
      system.host.live({ kind: "llm.delta", agent: "field", session: "s", trace, data });
    tell({ type: "thinking", text: "Hm" });
    tell({ type: "text", text: "Hel" });
    tell({ type: "text", text: "lo" });
    tell({ type: "tool_call", index: 0, id: "1", name: "fs_read", args: '{"pa' });
    tell({ type: "tool_call", index: 0, args: 'th":"a"}' });
    const show = () =>
      system.call<{ info: SessionInfo; live: unknown }>("session.show", { agent: "field", session: "s" });
    expect(await show()).toMatchObject({
      info: { turn: "running", title: "Hi" },
      live: { text: "Hello", thinking: "Hm", tools: [{ name: "fs_read", args: '{"path":"a"}' }] },
    });
    await system.call("session.append", { session: "s", messages: [assistant("Hello")] });
    expect((await show()).live).toBeNull();
  });

  test("tells which answer is being said, and which one is over", async () => {
    using system = await makeSystem();
    system.mail("s", "t1", "running");
    await system.call("session.append", { session: "s", messages: [user("Hi")] });
    const tell = (completion: number, offset: number, text: string) =>
      system.host.live({
        kind: "llm.delta",
        agent: "field",
        session: "s",
        trace: "t1",
        data: { type: "text", text, completion, offset },
      });
    const show = () => system.call("session.show", { agent: "field", session: "s" });
    tell(7, 0, "One");
    tell(8, 0, "Tw");
    tell(8, 2, "o");
    expect(await show()).toMatchObject({ live: { turn: "t1", completion: 8, text: "Two" }, spoken: 7 });
    await system.call("session.append", { session: "s", messages: [assistant("Two")] });
    expect(await show()).toMatchObject({ live: null, spoken: 8 });
  });

  test("shows a conversation of which nothing is written yet, as soon as its first message is accepted", async () => {
    using system = await makeSystem();
    system.mail("s", "t1", "waiting");
    expect(await system.call("session.show", { agent: "field", session: "s" })).toMatchObject({
      info: { session: "s", entries: 0, turn: "waiting" },
      entries: [],
      turns: [{ turn: "t1", state: "waiting" }],
    });
    await expect(system.call("session.show", { agent: "field", session: "none" })).rejects.toThrow(/none/);
  });

  test("branches a conversation: the copy goes its own way", async () => {
    using system = await makeSystem();
    await system.call("session.append", {
      session: "s",
      messages: [user("One"), assistant("Two"), user("Three")],
    });
    const { session } = await system.call<{ session: string }>("session.branch", {
      agent: "field",
      session: "s",
      upto: 2,
    });
    await system.call("session.append", { session, messages: [user("Else")] });
    const branch = await system.call<History>("session.history", { session });
    const { sessions } = await system.call<{ sessions: SessionInfo[] }>("session.list", { agent: "field" });
    expect(sessions.map(({ title }) => title).toSorted()).toEqual(["One", "One (2)"]);
    expect(branch.entries.map(({ message }) => message.content)).toEqual(["One", "Two", "Else"]);
    expect((await system.call<History>("session.history", { session: "s" })).last).toBe(3);
  });

  test("titles a conversation by the first line of its first message, cut between words", () => {
    expect(titleOf({ role: "user", content: "\n  Plan  the\ttrip \nmore" })).toBe("Plan the trip");
    const long = titleOf({ role: "user", content: "word ".repeat(40) });
    expect(long).toMatch(/^(word )+word…$/);
    expect([...titleOf({ role: "user", content: "👩‍👩‍👧‍👦".repeat(40) })].length).toBeLessThanOrEqual(81);
  });
});

describe("what the owner adds to a running turn", () => {
  test("is given once, and is gone when it stands in the log", async () => {
    using system = await makeSystem();
    system.mail("s", "t1", "running");
    expect(await system.call("turn.add", { agent: "field", session: "s", text: "Faster" })).toEqual({
      added: true,
    });
    expect(await system.call("turn.pending", { session: "s" })).toEqual({
      messages: ["Faster"],
      stop: false,
    });
    expect(await system.call("turn.pending", { session: "s" })).toEqual({ messages: [], stop: false });
    await system.call("session.append", { session: "s", messages: [user("Faster")] });
    await system.settled("message.answered", "s", "t1");
    expect(system.asked).toEqual([]);
  });

  test("is added once, however often it is sent with the same key", async () => {
    using system = await makeSystem();
    system.mail("s", "t1", "running");
    const add = () => system.call("turn.add", { agent: "field", session: "s", text: "More", key: "k" });
    expect(await add()).toEqual({ added: true });
    expect(await add()).toEqual({ added: true });
    expect(await system.call("turn.pending", { session: "s" })).toMatchObject({ messages: ["More"] });
    await system.settled("message.answered", "s", "t1");
    expect(await add()).toEqual({ added: true });
  });

  test("is not taken where no turn runs", async () => {
    using system = await makeSystem();
    system.mail("s", "t1", "waiting");
    expect(await system.call("turn.add", { agent: "field", session: "s", text: "Faster" })).toEqual({
      added: false,
    });
  });

  test("and came too late becomes a message of its own", async () => {
    using system = await makeSystem();
    system.mail("s", "t1", "running");
    await system.call("session.append", { session: "s", messages: [user("Hi")] });
    await system.call("turn.add", { agent: "field", session: "s", text: "One" });
    await system.call("turn.add", { agent: "field", session: "s", text: "Two" });
    await system.settled("message.answered", "s", "t1");
    expect(system.asked).toEqual([
      {
        cap: "message.send",
        args: { to: "field", session: "s", text: "One\n\nTwo", source: { kind: "owner", id: "owner" } },
      },
    ]);
    await system.settled("message.answered", "s", "t1");
    expect(system.asked).toHaveLength(1);
  });

  test("and was given to a turn that never wrote it down, stands in the log when the turn has ended", async () => {
    using system = await makeSystem();
    system.mail("s", "t1", "running");
    await system.call("session.append", { session: "s", messages: [user("Hi")] });
    await system.call("turn.add", { agent: "field", session: "s", text: "Lost?" });
    await system.call("turn.pending", { session: "s" });
    await system.settled("message.failed", "s", "t1");
    const { entries } = await system.call<History>("session.history", { session: "s" });
    expect(entries.at(-1)?.message).toEqual(user("Lost?"));
    expect(system.asked).toEqual([]);
  });
});

describe("an agent that keeps no conversation of its own", () => {
  test("has it kept for it: what a person said, and what was answered", async () => {
    using system = await makeSystem();
    system.mail("s", "t1", "running");
    system.answer("t1", "Hi", { reply: "Message 1", count: 1 });
    await system.settled("message.answered", "s", "t1");
    system.mail("s", "t2", "running");
    system.answer("t2", "Again", { count: 2 });
    await system.settled("message.answered", "s", "t2");
    const { entries } = await system.call<History>("session.history", { session: "s" });
    expect(entries.map(({ message }) => message)).toEqual([
      user("Hi"),
      assistant("Message 1"),
      user("Again"),
      assistant('{\n  "count": 2\n}'),
    ]);
    expect(entries[0]).toMatchObject({ turn: "t1", source: { kind: "owner", id: "owner" }, tainted: false });
    expect(entries[1]).toMatchObject({ turn: "t1", tainted: true });
    const listed = await system.call("session.list", { agent: "field" });
    expect(listed).toMatchObject({ sessions: [{ session: "s", title: "Hi", entries: 4 }] });
    expect(system.events.map(({ kind }) => kind)).toContain("session.created");
  });

  test("is not helped where it wrote an entry itself, or where a machine spoke", async () => {
    using system = await makeSystem();
    system.mail("s", "t1", "running");
    system.answer("t1", "Hi", { reply: "Hello" });
    await system.call("session.append", { session: "s", messages: [user("Hi")] });
    await system.settled("message.answered", "s", "t1");
    expect((await system.call<History>("session.history", { session: "s" })).entries).toHaveLength(1);
    system.mail("machine", "t2", "running");
    system.answer("t2", "tick", { reply: "tock" }, "schedule");
    await system.settled("message.answered", "machine", "t2");
    expect(await system.call("session.list", { agent: "field" })).toMatchObject({
      sessions: [{ session: "s" }],
    });
  });

  test("has what was said kept where it failed before it wrote anything", async () => {
    using system = await makeSystem();
    system.mail("s", "t1", "running");
    system.answer("t1", "Hi", null);
    await system.settled("message.failed", "s", "t1");
    const { entries } = await system.call<History>("session.history", { session: "s" });
    expect(entries.map(({ message }) => message)).toEqual([user("Hi")]);
    expect(system.events.at(-1)).toMatchObject({ kind: "turn.finished", data: { ok: false } });
  });
});

describe("stopping a turn", () => {
  test("tells the turn, the model, and after a grace the kernel", async () => {
    using system = await makeSystem();
    system.settings["session.stop_grace_ms"] = 1;
    system.mail("s", "t1", "running");
    expect(await system.call("turn.stop", { agent: "field", session: "s" })).toEqual({ stopped: true });
    expect(await system.call("turn.pending", { session: "s" })).toMatchObject({ stop: true });
    expect(await system.call("turn.pending", { session: "s" }, { trace: "t2" })).toMatchObject({
      stop: false,
    });
    await soon();
    await soon();
    expect(system.asked).toEqual([
      { cap: "llm.stop", args: { agent: "field", stream_to: "s" } },
      { cap: "message.cancel", args: { to: "field", session: "s" } },
    ]);
  });

  test("that ends in time is not cut off, and the next one is not stopped", async () => {
    using system = await makeSystem();
    system.settings["session.stop_grace_ms"] = 10;
    system.mail("s", "t1", "running");
    await system.call("turn.stop", { agent: "field", session: "s" });
    await system.settled("message.answered", "s", "t1");
    system.mail("s", "t2", "running");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(system.asked.map(({ cap }) => cap)).toEqual(["llm.stop"]);
    expect(await system.call("turn.pending", { session: "s" }, { trace: "t2" })).toMatchObject({
      stop: false,
    });
  });

  test("where none runs does nothing", async () => {
    using system = await makeSystem();
    expect(await system.call("turn.stop", { agent: "field", session: "s" })).toEqual({ stopped: false });
  });

  test("keeps what was said when the turn was cut off", async () => {
    using system = await makeSystem();
    system.mail("s", "t1", "running");
    await system.call("session.append", { session: "s", messages: [user("Hi")] });
    system.host.live({
      kind: "llm.delta",
      agent: "field",
      session: "s",
      trace: "t1",
      data: { type: "text", text: "Half of" },
    });
    await system.settled("message.failed", "s", "t1");
    const { entries } = await system.call<History>("session.history", { session: "s" });
    expect(entries.at(-1)?.message).toEqual(assistant("Half of"));
    expect(system.events.at(-1)).toMatchObject({ kind: "turn.finished", data: { ok: false } });
  });
});

describe("a question to the user", () => {
  const question = { session: "s", question: "Which one?", options: ["A", "B"] };
  type Questions = { questions: { id: string; agent: string; question: string }[] };

  test("waits for its answer, and the time of the turn stands still", async () => {
    using system = await makeSystem();
    system.mail("s", "t1", "running");
    await system.call("session.append", { session: "s", messages: [user("Hi")] });
    const waits: boolean[] = [];
    const answer = system.call("user.ask", question, { waits: (on) => void waits.push(on) });
    await soon();
    const { questions } = await system.call<Questions>("question.list", {});
    expect(questions).toMatchObject([
      { agent: "field", session: "s", question: "Which one?", options: ["A", "B"] },
    ]);
    expect(system.told.map(({ kind }) => kind)).toEqual(["question.asked"]);
    expect(await system.call("session.show", { agent: "field", session: "s" })).toMatchObject({
      info: { turn: "waiting", waits_for: "question" },
    });
    await system.call("question.answer", { id: questions[0]?.id ?? "", answer: "B" });
    expect(await answer).toEqual({ answer: "B" });
    expect(waits).toEqual([true, false]);
    expect(await system.call("question.list", {})).toEqual({ questions: [], next: null });
  });

  test("outlives a restart: asked again by the same turn it is the same question", async () => {
    using system = await makeSystem();
    const abort = new AbortController();
    const before = codeOf(system.call("user.ask", question, { signal: abort.signal }));
    await soon();
    const [open] = (await system.call<Questions>("question.list", {})).questions;
    await system.restart();
    abort.abort();
    await before;
    const answer = system.call("user.ask", question);
    await soon();
    expect((await system.call<Questions>("question.list", {})).questions).toHaveLength(1);
    await system.call("question.answer", { id: open?.id ?? "", answer: "A" });
    expect(await answer).toEqual({ answer: "A" });
  });

  test("answered while nobody listened is answered at once when it is asked again", async () => {
    using system = await makeSystem();
    const abort = new AbortController();
    const before = codeOf(system.call("user.ask", question, { signal: abort.signal }));
    await soon();
    const [open] = (await system.call<Questions>("question.list", {})).questions;
    await system.restart();
    abort.abort();
    await before;
    await system.call("question.answer", { id: open?.id ?? "", answer: "A" });
    expect(await system.call("user.ask", question)).toEqual({ answer: "A" });
  });

  test("that is over is among the past ones, by pages, until its conversation is forgotten", async () => {
    using system = await makeSystem();
    for (const [turn, word] of [
      ["t1", "A"],
      ["t2", "B"],
    ] as const) {
      system.mail("s", turn, "running");
      const asked = system.call("user.ask", { ...question, question: `${word}?` });
      await soon();
      const [open] = (await system.call<Questions>("question.list", {})).questions;
      await system.call("question.answer", { id: open?.id ?? "", answer: word });
      await asked;
    }
    const first = await system.call<Questions & { next: string }>("question.list", { all: true, limit: 1 });
    const second = await system.call<Questions>("question.list", { all: true, limit: 1, before: first.next });
    const both = [...first.questions, ...second.questions] as { question: string }[];
    expect(both.map((one) => one.question).sort()).toEqual(["A?", "B?"]);
    expect(both).toMatchObject([{ state: "answered" }, { state: "answered" }]);
    expect(second).toMatchObject({ next: null });
    expect(await system.call("question.list", { all: true, agent: "other" })).toMatchObject({
      questions: [],
    });
  });

  test("is withdrawn when its turn is stopped", async () => {
    using system = await makeSystem();
    system.mail("s", "t1", "running");
    const answer = codeOf(system.call("user.ask", question));
    await soon();
    await system.call("turn.stop", { agent: "field", session: "s" });
    expect(await answer).toBe("cancelled");
    expect(await system.call("question.list", {})).toEqual({ questions: [], next: null });
    expect(await codeOf(system.call("question.answer", { id: "x", answer: "A" }))).toBe("not_found");
  });
});

test("a turn in which a call waits for an approval, of whichever module, waits for a person", async () => {
  using system = await makeSystem();
  system.mail("s", "t1", "running");
  await system.call("session.append", { session: "s", messages: [user("Hi")] });
  const listed = async () =>
    (await system.call<{ sessions: SessionInfo[] }>("session.list", {})).sessions.map(
      ({ turn, waits_for }) => [turn, waits_for],
    );
  const db = system.host.database();
  db.sql(
    "INSERT INTO approvals VALUES ('a', 'other', 'waiting', 'another turn'), ('b', 'helper', 'waiting', 't1')",
  ).run();
  expect(await listed()).toEqual([["waiting", "approval"]]);
  db.sql("UPDATE approvals SET state = 'refused' WHERE id = 'b'").run();
  expect(await listed()).toEqual([["running", null]]);
  system.mail("s", "t1", "done");
  expect(await listed()).toEqual([["idle", null]]);
});

describe("rewinding", () => {
  const long = (word: string) => `${word} `.repeat(200);

  test("takes a summary of what was taken back with it; one from before stays, and numbers go on", async () => {
    using system = await makeSystem();
    const add = (messages: JsonObject[], more: JsonObject = {}) =>
      system.call("session.append", { session: "s", messages, ...more }, { trace: `t${++turn}` });
    let turn = 0;
    await add([user(long("one")), assistant(long("two"))]);
    await add([assistant("early")], { summary_covers: 2 });
    await add([user(long("three")), assistant(long("four"))]);
    await add([assistant("late")], { summary_covers: 5 });
    const history = () => system.call<History>("session.history", { session: "s" });
    expect((await history()).summary?.message.content).toBe("late");
    expect(await system.call("session.rewind", { agent: "field", session: "s", to: 4 })).toEqual({
      superseded: 2,
      entries: 4,
    });
    const rewound = await history();
    expect(rewound.summary?.message.content).toBe("early");
    expect(rewound.entries.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
    expect(await add([user("five")])).toMatchObject({ last: 7 });
    // What a summary may cover is counted anew, too.
    await add([assistant("later")], { summary_covers: 4 });
    expect((await history()).entries.map(({ n }) => n)).toEqual([1, 2, 3, 4, 7, 8]);
    const branch = await system.call<{ session: string }>("session.branch", {
      agent: "field",
      session: "s",
      upto: 7,
    });
    const copy = await system.call<{ info: SessionInfo; entries: SessionEntry[] }>("session.show", {
      agent: "field",
      session: branch.session,
    });
    expect(copy.info).toMatchObject({ entries: 5, superseded: 2 });
    expect(copy.entries.map(({ n }) => n)).toEqual([1, 2, 3, 4, 7]);
  });

  test("forgets what was remembered of the words taken back, but not of those said before too", async () => {
    using system = await makeSystem();
    await system.call("session.append", { session: "s", messages: [user("Hello"), assistant("Hi")] });
    await system.call(
      "session.append",
      { session: "s", messages: [user("Hello"), assistant(" Let me see "), assistant("It is four.")] },
      { trace: "t2" },
    );
    await system.call("session.rewind", { agent: "field", session: "s", to: 2 });
    expect(system.asked).toEqual([
      {
        cap: "mind.unsay",
        args: {
          agent: "field",
          session: "s",
          texts: ["Let me see", "It is four.", "Let me see\n\nIt is four."],
        },
      },
    ]);
  });

  test("keeps a title that the owner gave", async () => {
    using system = await makeSystem();
    const info = async () =>
      (await system.call<{ info: SessionInfo }>("session.show", { agent: "field", session: "s" })).info;
    await system.call("session.append", { session: "s", messages: [user("First words")] });
    await system.call("session.rewind", { agent: "field", session: "s", to: 0 });
    await system.call("session.append", { session: "s", messages: [user("Other words")] }, { trace: "t2" });
    expect(await info()).toMatchObject({ title: "Other words", entries: 1 });
    await system.call("session.change", { agent: "field", session: "s", title: "Mine" });
    await system.call("session.rewind", { agent: "field", session: "s", to: 0 });
    await system.call("session.append", { session: "s", messages: [user("Third words")] }, { trace: "t3" });
    expect(await info()).toMatchObject({ title: "Mine" });
  });
});

describe("reading a page", () => {
  test("of 10,000 entries from the end is as quick as of a few", async () => {
    using system = await makeSystem();
    for (let n = 0; n < 200; n++)
      await system.call("session.append", {
        session: "s",
        messages: Array.from({ length: 50 }, (_, index) => user(`Message ${n * 50 + index}`)),
      });
    let before = 10_001;
    const seen: number[] = [];
    for (let pages = 0; pages < 3; pages++) {
      const page = await system.call<{ entries: SessionEntry[]; more: boolean }>("session.show", {
        agent: "field",
        session: "s",
        newest: true,
        before,
        limit: 100,
      });
      seen.unshift(...page.entries.map(({ n }) => n));
      before = page.entries[0]?.n ?? 0;
      expect(page.more).toBe(true);
    }
    expect(seen).toEqual(Array.from({ length: 300 }, (_, index) => 9701 + index));
  });
});
