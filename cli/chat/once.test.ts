import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { freshPlace, fw } from "../test/fw.ts";
import { KEYS, noPty, onTerminal } from "../test/pty.ts";
import { talk } from "../test/talk.ts";

const usage = { input_tokens: 3, output_tokens: 2 };

describe("fw chat -m", () => {
  test("prints the answer; with --json one object with reply, session, trace and usage", async () => {
    const { home } = freshPlace();
    const { message, answer, calls } = await talk(home);
    const plain = fw(["chat", "-m", "hello"], { home });
    answer(await message(1), { reply: "hi\nthere", usage, finish: "stop" });
    expect(await plain).toMatchObject({ code: 0, stdout: "hi\nthere\n", stderr: "" });

    const json = fw(["chat", "field", "-m", "again", "--session", "s1", "--json"], { home });
    answer(await message(2), { reply: "yes", usage, finish: "stop" });
    expect((await json).json()).toEqual({
      reply: "yes",
      session: "s1",
      trace: "trace2",
      usage,
      finish: "stop",
    });
    const sent = calls("message.send") as { to: string; session: string; key: string }[];
    expect(sent[0]).toMatchObject({ to: "field", text: "hello" });
    expect(sent[0]?.session).toMatch(/^s-[0-9a-f]{12}$/);
    expect(new Set(sent.map((one) => one.key)).size).toBe(2);
  });

  test("reads a message of many lines from standard input", async () => {
    const { home } = freshPlace();
    const { message, answer } = await talk(home);
    const ran = fw(["chat", "-m", "-"], { home, input: "one\ntwo\n" });
    const said = await message(1);
    expect(said.text).toBe("one\ntwo");
    answer(said, "plain text");
    expect(await ran).toMatchObject({ code: 0, stdout: "plain text\n" });
  });

  test("a turn that failed ends with 1, and says why and where to look", async () => {
    const { home } = freshPlace();
    const { message, answer } = await talk(home);
    const ran = fw(["chat", "-m", "hello", "--json"], { home });
    answer(await message(1), null, { code: "timeout", message: "too slow", remedy: "Less." });
    const { code, json } = await ran;
    expect(code).toBe(1);
    expect(json()).toMatchObject({
      error: {
        code: "timeout",
        message: "too slow",
        remedy: "Less. See `fw journal --trace trace1`.",
        details: { trace: "trace1" },
      },
    });
  });

  test("a restart of the server in the middle loses nothing and says nothing twice", async () => {
    const { home } = freshPlace();
    const talking = await talk(home);
    const { message, answer, restart } = talking;
    const ran = fw(["chat", "-m", "hello"], { home });
    const first = await message(1);
    await wait(300);
    await restart();
    await wait(1200);
    answer(first, { reply: "still here" });
    expect(await ran).toMatchObject({ code: 0, stdout: "still here\n" });
    expect(talking.said.length).toBe(1);
  });

  test("says on standard error what waits for a person, and goes on when it is decided elsewhere", async () => {
    const { home } = freshPlace();
    const question = {
      id: "q1",
      agent: "field",
      session: "s1",
      question: "Red or blue?",
      options: ["red"],
      asked_at: "2026-11-20T08:00:00.000Z",
    };
    const { message, answer, event, calls } = await talk(home, {
      "question.list": () => ({ questions: [question] }),
    });
    const ran = fw(["chat", "-m", "paint", "--session", "s1"], { home });
    const said = await message(1);
    event(said, "session.asked", "session", "q1", { session: "s1" });
    await expect.poll(() => calls("question.list").length).toBe(1);
    await wait(200);
    answer(said, { reply: "done" });
    const { stdout, stderr } = await ran;
    expect(stdout).toBe("done\n");
    expect(stderr).toMatch(/field asks:\n {2}Red or blue\?\n {2}1\. red\nIt waits/);
  });

  test("what an agent says cannot control the terminal", async () => {
    const { home } = freshPlace();
    const { message, answer } = await talk(home);
    const ran = fw(["chat", "-m", "hello"], { home });
    answer(await message(1), { reply: "a\x1b]52;c;cm0=\x07b\x9b2Jc" });
    expect((await ran).stdout).toBe("abc\n");
  });

  test.skipIf(noPty)(
    "on a terminal the answer appears while it is written, and questions are put there",
    async () => {
      const { home } = freshPlace();
      const question = {
        id: "q1",
        agent: "field",
        session: "s1",
        question: "Which?",
        options: ["red", "blue"],
        asked_at: "2026-11-20T08:00:00.000Z",
      };
      const { message, answer, event, delta, calls } = await talk(home, {
        "question.list": () => ({ questions: [question] }),
        "question.answer": () => ({ ok: true }),
      });
      const terminal = onTerminal(["chat", "-m", "paint", "--session", "s1"], home);
      const said = await message(1);
      await wait(700);
      delta(said, { type: "text", text: "I will ask." });
      await terminal.sees("I will ask.");
      event(said, "session.asked", "session", "q1", { session: "s1" });
      await terminal.sees("answer>");
      terminal.type(`2${KEYS.enter}`);
      await expect.poll(() => calls("question.answer")).toEqual([{ id: "q1", answer: "blue" }]);
      event(said, "tool.called", "tool", "paint.wall", {});
      event(said, "tool.replied", "tool", "paint.wall", { ok: true, ms: 3 });
      delta(said, { type: "text", text: "It is bl" });
      await terminal.sees("It is bl");
      answer(said, { reply: "It is blue." });
      await terminal.sees("ue.");
      expect(await terminal.exited).toBe(0);
      expect(terminal.seen().match(/It is bl/g)?.length).toBe(1);
    },
  );
});
