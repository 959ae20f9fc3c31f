import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { FieldworkError } from "#contract";
import { freshPlace } from "../test/fw.ts";
import { KEYS, noPty, onTerminal } from "../test/pty.ts";
import { talk } from "../test/talk.ts";

const at = "2026-11-20T08:00:00.000Z";
const noSession = () => {
  throw new FieldworkError("not_found", "no such conversation");
};

async function open(
  script: Readonly<Record<string, (args: never) => unknown>> = {},
  args: readonly string[] = [],
) {
  const { home } = freshPlace();
  const talking = await talk(home, { "session.show": noSession, ...script });
  const terminal = onTerminal(["chat", "field", "--session", "s1", ...args], home);
  await expect.poll(() => talking.server.streams.length).toBe(1);
  return { talking, terminal };
}

describe.skipIf(noPty)("fw chat on a terminal", () => {
  test("shows the answer while it is written, the calls of tools on one line each, and what it took", async () => {
    const { talking, terminal } = await open();
    await terminal.sees("› ");
    terminal.type(`What grows?${KEYS.enter}`);
    const said = await talking.message(1);
    expect(said).toMatchObject({ text: "What grows?", session: "s1" });
    talking.delta(said, { type: "text", text: "I will " });
    talking.delta(said, { type: "text", text: "look." });
    await terminal.sees("I will look.");
    talking.delta(said, { type: "tool_call", index: 0, id: "c1", name: "fs_read", args: '{"path":' });
    talking.delta(said, { type: "tool_call", index: 0, args: '"beds.txt"}' });
    talking.event(said, "tool.called", "tool", "fs.read");
    talking.event(said, "tool.replied", "tool", "fs.read", { ok: true, ms: 4.2, tainted: true });
    await terminal.sees(
      /✓ fs\.read \{"path":"beds\.txt"\} {2}4 ms {2}from outside\n! This turn has read content/,
    );
    const used = { ok: true, input_tokens: 120, output_tokens: 8, cost_usd: 0.0021 };
    talking.event(said, "llm.replied", "gateway", "big", used);
    talking.delta(said, { type: "text", text: "Peas and" });
    await terminal.sees("Peas and");
    talking.answer(said, { reply: "Peas and beans.", finish: "stop" });
    talking.delta(said, { type: "text", text: "TOO LATE" });
    await terminal.sees(/^ beans\.\n1 tool call · 120 \+ 8 tokens · \$0\.0021 · big · /);
    await terminal.sees("› ");
    terminal.type(KEYS.ctrlD);
    expect(await terminal.exited).toBe(0);
    expect(terminal.seen().match(/Peas and/g)?.length).toBe(1);
    expect(terminal.seen()).not.toContain("TOO LATE");
    expect(terminal.seen()).toContain("fw chat field --session s1");
  });

  test("takes messages of several lines by backslash, by fence and by pasting, and brings back what was said", async () => {
    const { talking, terminal } = await open();
    await terminal.sees("› ");
    const expectSaid = async (n: number, text: string) => {
      const said = await talking.message(n);
      expect(said.text).toBe(text);
      talking.answer(said, { reply: `answer ${n}` });
      await terminal.sees(`answer ${n}`);
      await terminal.sees("› ");
    };
    terminal.type(`one \\${KEYS.enter}`);
    await terminal.sees("… ");
    terminal.type(`two${KEYS.enter}`);
    await expectSaid(1, "one \ntwo");
    terminal.type(`"""${KEYS.enter}a${KEYS.enter}b"""${KEYS.enter}`);
    await expectSaid(2, "a\nb");
    terminal.type(`\x1b[200~first\rsecond\rthird\x1b[201~`);
    await terminal.sees("third");
    expect(talking.said.length).toBe(2);
    terminal.type(KEYS.enter);
    await expectSaid(3, "first\nsecond\nthird");
    terminal.type(`plain${KEYS.enter}`);
    await expectSaid(4, "plain");
    terminal.type(KEYS.up);
    await terminal.sees("plain");
    terminal.type(KEYS.enter);
    await expectSaid(5, "plain");
    terminal.type(KEYS.up + KEYS.up);
    await terminal.sees("third");
    terminal.type(`!${KEYS.enter}`);
    await expectSaid(6, "first\nsecond\nthird!");
    terminal.type(KEYS.up.repeat(8));
    await terminal.sees("a\n| b");
    terminal.type(KEYS.enter);
    await expectSaid(7, "a\nb");
  });

  test("brings back what was said in other conversations, whole, and nothing that others said there", async () => {
    const entry = (minute: number, text: string, more = {}) => ({
      n: minute,
      at: `2026-11-20T08:0${minute}:00.000Z`,
      kind: "message",
      message: { role: "user", content: text },
      turn: null,
      tainted: false,
      tokens: 1,
      ...more,
    });
    const conversations: Readonly<Record<string, readonly object[]>> = {
      old: [entry(1, "the oldest"), entry(3, "two\nlines of \x1b[2Jmine")],
      hook: [
        entry(2, "in between"),
        entry(4, "rings", { source: { kind: "webhook", id: "bell" } }),
        entry(5, "noted", { message: { role: "assistant", content: "noted" } }),
      ],
    };
    const info = (session: string) => ({
      agent: "field",
      session,
      title: session,
      entries: 3,
      created_at: at,
      last_at: at,
      pinned: false,
      archived: false,
      turn: "idle",
    });
    const { talking, terminal } = await open({
      "session.list": () => ({ sessions: Object.keys(conversations).map(info) }),
      "session.show": ({ session }: { session: string }) =>
        conversations[session]
          ? { info: info(session), entries: conversations[session], more: false, turns: [], live: null }
          : noSession(),
    } as never);
    await terminal.sees("› ");
    for (const [ups, text] of [
      [1, "two\nlines of mine"],
      [4, "the oldest"],
    ] as const) {
      terminal.type(KEYS.up.repeat(ups));
      await terminal.sees(text.split("\n").at(-1) ?? "");
      terminal.type(KEYS.enter);
      const n = talking.said.length + 1;
      const said = await talking.message(n);
      expect(said.text).toBe(text);
      talking.answer(said, { reply: `answer ${n}` });
      await terminal.sees(`answer ${n}`);
      await terminal.sees("› ");
    }
  });

  test("Ctrl-C stops the turn, and a second time leaves; the turn goes on", async () => {
    const { talking, terminal } = await open({ "turn.stop": () => ({ stopped: true }) });
    await terminal.sees("› ");
    terminal.type(`Count to a million${KEYS.enter}`);
    const first = await talking.message(1);
    talking.delta(first, { type: "text", text: "1 2 3" });
    await terminal.sees("1 2 3");
    terminal.type(KEYS.ctrlC);
    await expect.poll(() => talking.calls("turn.stop")).toEqual([{ agent: "field", session: "s1" }]);
    talking.answer(first, { reply: "1 2 3", finish: "stopped" });
    await terminal.sees("stopped");
    await terminal.sees("› ");
    terminal.type(`Again${KEYS.enter}`);
    await talking.message(2);
    await wait(300);
    terminal.type(KEYS.ctrlC);
    await terminal.sees("Ctrl-C again leaves");
    terminal.type(KEYS.ctrlC);
    expect(await terminal.exited).toBe(0);
    expect(terminal.seen()).toContain("The turn goes on. Take it up again:\nfw chat field --session s1");
  });

  test("Ctrl-C clears what is typed; on an empty line it leaves the second time", async () => {
    const { talking, terminal } = await open();
    await terminal.sees("› ");
    terminal.type(`half a thou${KEYS.ctrlC}`);
    await terminal.sees("^C");
    await terminal.sees("› ");
    terminal.type(KEYS.ctrlC);
    await terminal.sees("Ctrl-C again leaves");
    terminal.type(KEYS.ctrlC);
    expect(await terminal.exited).toBe(0);
    expect(talking.said).toEqual([]);
  });

  test("what is typed while an answer is written is added to the turn, and does not garble it", async () => {
    const { talking, terminal } = await open({ "turn.add": () => ({ added: true }) });
    await terminal.sees("› ");
    terminal.type(`Tell me a story${KEYS.enter}`);
    const said = await talking.message(1);
    talking.delta(said, { type: "text", text: "Once " });
    await terminal.sees("Once ");
    terminal.type("with a dr");
    await terminal.sees("+ with a dr");
    talking.delta(said, { type: "text", text: "upon a time\nthere" });
    await terminal.sees("upon a time\n");
    terminal.type(`agon${KEYS.enter}`);
    await expect
      .poll(() => talking.calls("turn.add"))
      .toEqual([{ agent: "field", session: "s1", text: "with a dragon" }]);
    await terminal.sees("there");
    await terminal.sees("+ added to the turn");
    talking.answer(said, { reply: "Once upon a time\nthere was a dragon." });
    await terminal.sees(" was a dragon.");
    await terminal.sees("› ");
  });

  test("what is typed too late for a turn is the next message", async () => {
    const { talking, terminal } = await open({ "turn.add": () => ({ added: false }) });
    await terminal.sees("› ");
    terminal.type(`one${KEYS.enter}`);
    const said = await talking.message(1);
    await wait(300);
    terminal.type(`two${KEYS.enter}`);
    await expect.poll(() => talking.calls("turn.add").length).toBe(1);
    talking.answer(said, { reply: "first" });
    expect((await talking.message(2)).text).toBe("two");
  });

  test("puts approvals to the person, and takes one back that is decided elsewhere", async () => {
    const approval = (id: string) => ({
      id,
      module: "field",
      capability: "http.fetch",
      targets: ["https://example.com/"],
      args: { url: "https://example.com/" },
      args_hash: "0".repeat(64),
      reason: "The turn has read content from outside.",
      state: "waiting",
      asked_at: at,
      expires_at: at,
      decided_at: null,
      trace: "trace1",
    });
    const { talking, terminal } = await open({
      "approval.list": () => ({ approvals: [approval("a1"), approval("a2")] }),
      "approval.give": () => approval("a1"),
    });
    await terminal.sees("› ");
    terminal.type(`Fetch it${KEYS.enter}`);
    const said = await talking.message(1);
    talking.event(said, "approval.asked", "field", "a1", { module: "field" });
    await terminal.sees("field wants http.fetch");
    await terminal.sees("https://example.com/");
    await terminal.sees("Allow this one call?");
    terminal.type(`y${KEYS.enter}`);
    await expect.poll(() => talking.calls("approval.give")).toEqual([{ id: "a1" }]);
    talking.event(said, "approval.given", "owner", "a1", { module: "field" });
    talking.event(said, "approval.asked", "field", "a2", { module: "field" });
    await terminal.sees("Allow this one call?");
    talking.event(said, "approval.refused", "owner", "a2", { module: "field" });
    talking.answer(said, { reply: "Fetched." });
    await terminal.sees("Fetched.");
    await terminal.sees("› ");
    expect(talking.calls("approval.refuse")).toEqual([]);
  });

  test("goes on through a restart of the server in the middle of a turn", async () => {
    const { talking, terminal } = await open();
    await terminal.sees("› ");
    terminal.type(`hello${KEYS.enter}`);
    const said = await talking.message(1);
    talking.delta(said, { type: "text", text: "It begins" });
    await terminal.sees("It begins");
    await talking.close();
    await terminal.sees("The server is away");
    await wait(500);
    await talking.restart();
    await terminal.sees("It is back");
    talking.answer(said, { reply: "It begins and ends." });
    await terminal.sees("It begins and ends.");
    await terminal.sees("› ");
    expect(talking.said.length).toBe(1);
    await talking.close();
    await terminal.sees("The server is away");
    terminal.type(`once more${KEYS.enter}`);
    await wait(1000);
    await talking.restart();
    talking.answer(await talking.message(2), { reply: "Good." });
    await terminal.sees("Good.");
    expect(talking.said.length).toBe(2);
  });

  test("takes up a turn that runs already, from where it is", async () => {
    const entry = (n: number, role: string, content: string) => ({
      n,
      at,
      kind: "message",
      message: { role, content },
      turn: "trace9",
      tainted: false,
      attended: true,
      tokens: 3,
    });
    const mail = {
      id: "m9",
      to: "field",
      function: "handle_message",
      session: "s1",
      source: { kind: "owner", id: "owner" },
      trace: "trace9",
      payload: {},
      attempts: 1,
      tainted: false,
      attended: true,
      at,
      finished_at: null,
    };
    let state: object = { state: "running" };
    const { talking, terminal } = await open({
      "session.show": () => ({
        info: {
          session: "s1",
          agent: "field",
          title: "Counting",
          entries: 1,
          created_at: at,
          last_at: at,
          pinned: false,
          archived: false,
          turn: "running",
        },
        entries: [entry(1, "user", "Count, please")],
        more: false,
        turns: [],
        live: { turn: "t", completion: 1, text: "1 2 ", thinking: "", tools: [] },
      }),
      "message.list": () => ({ messages: [{ ...mail, ...state }] }),
      "approval.list": () => ({ approvals: [] }),
      "question.list": () => ({ questions: [] }),
    });
    await terminal.sees("Counting");
    await terminal.sees("Count, please");
    await terminal.sees("1 2 ");
    const turn = { id: "m9", session: "s1", trace: "trace9", text: "" };
    talking.delta(turn, { type: "text", text: "3" });
    await terminal.sees("3");
    state = { state: "done", reply: { reply: "1 2 3 4" } };
    talking.answer(turn, { reply: "1 2 3 4" });
    await terminal.sees(" 4");
    await terminal.sees("› ");
    terminal.type(KEYS.up);
    await terminal.sees("Count, please");
  });

  test("runs / commands: its own here, others on the server", async () => {
    const { talking, terminal } = await open({
      "slash.run": ({ text }: { text: string }) => ({ text: `the server ran ${text}` }),
      "session.list": () => ({ sessions: [] }),
    });
    await terminal.sees("› ");
    terminal.type(`/help${KEYS.enter}`);
    await terminal.sees("/new: Begin a new conversation.");
    terminal.type(`/agents all${KEYS.enter}`);
    await terminal.sees("the server ran /agents all");
    terminal.type(`/new${KEYS.enter}`);
    await terminal.sees(/field {2}s-[0-9a-f]{12} {2}a new conversation/);
    terminal.type(`/session s2${KEYS.enter}`);
    await terminal.sees("field  s2");
    terminal.type(`hello${KEYS.enter}`);
    expect(await talking.message(1)).toMatchObject({ session: "s2", text: "hello" });
    talking.answer(await talking.message(1), { reply: "hi" });
    await terminal.sees("hi");
    terminal.type(`/quit${KEYS.enter}`);
    expect(await terminal.exited).toBe(0);
  });

  test("shows a turn of the conversation that somebody else began, above what is typed", async () => {
    const reply = { reply: "Water the peas." };
    const { talking, terminal } = await open({
      "question.list": () => ({
        questions: [
          { id: "q1", agent: "field", session: "s1", question: "Now or later?", options: [], asked_at: at },
        ],
      }),
      "question.answer": () => ({ ok: true }),
      "message.list": () => ({
        messages: [
          {
            id: "m7",
            to: "field",
            function: "handle_message",
            session: "s1",
            source: { kind: "schedule", id: "w" },
            trace: "trace7",
            payload: {},
            state: "done",
            attempts: 1,
            tainted: false,
            attended: true,
            reply,
            at,
            finished_at: at,
          },
        ],
      }),
    });
    await terminal.sees("› ");
    terminal.type("I am typ");
    await terminal.sees("I am typ");
    const turn = { id: "m7", session: "s1", trace: "trace7", text: "" };
    talking.event(turn, "message.received", "schedule:w", "field", { session: "s1" });
    talking.event(turn, "session.asked", "session", "q1", { session: "s1" });
    await terminal.sees("Now or later?");
    await terminal.sees("answer> ");
    terminal.type(`now${KEYS.enter}`);
    await expect.poll(() => talking.calls("question.answer")).toEqual([{ id: "q1", answer: "now" }]);
    await terminal.sees("› I am typ");
    talking.answer(turn, reply);
    await terminal.sees("Water the peas.");
    await terminal.sees("› I am typ");
    terminal.type(`ing${KEYS.enter}`);
    expect((await talking.message(1)).text).toBe("I am typing");
  });

  test("nothing an agent streams reaches the terminal as a control sequence", async () => {
    const { talking, terminal } = await open();
    await terminal.sees("› ");
    terminal.type(`hello${KEYS.enter}`);
    const said = await talking.message(1);
    for (const text of ["a\x1b", "]0;owned\x07b", "\x9b2J", "c\r\nd", "\u202eevil"])
      talking.delta(said, { type: "text", text });
    await terminal.sees("evil");
    talking.answer(said, { reply: "x" });
    expect(terminal.raw()).not.toMatch(/\x1b\]|\x9b|\x07|\u202e/);
  });
});
