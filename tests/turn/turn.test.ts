import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Mail } from "../../contract/index.ts";
import { addModule, until } from "../support/system.ts";
import { prompt, startTalk } from "./support.ts";

const call = (name: string, args: Record<string, unknown> | string) => ({ tool_calls: [{ name, args }] });

describe("a conversation with the agent that ships", () => {
  test("is answered, streamed, written down and reported in the journal", async () => {
    const talk = await startTalk([{ text: "Hello, I am Field." }]);
    const reply = await talk.say("Good morning");
    expect(reply).toMatchObject({ reply: "Hello, I am Field.", finish: "stop", steps: 1, tools: [] });
    expect((await talk.entries()).map(({ n, message }) => [n, message.role])).toEqual([
      [1, "user"],
      [2, "assistant"],
    ]);
    const [request] = talk.model.requests;
    expect(request?.body.stream).toBe(true);
    expect(prompt(request)).toContain("You are Field");
    expect(prompt(request)).toContain("Always: Never claim to have done");
    expect(prompt(request)).toContain("Good morning");
    await until("the turn is reported", async () => (await talk.events("turn.finished")).length === 1);
    expect(await talk.events("turn.started")).toHaveLength(1);
    expect(await talk.events("recall.done")).toHaveLength(1);
  });

  test("remembers in another session, and after a restart", async () => {
    const talk = await startTalk(() => ({ text: "Noted." }));
    await talk.say("My cat is called Miu and she is seven years old.", "monday");
    await talk.crash();
    await talk.say("What is my cat called?", "tuesday");
    expect(prompt(talk.model.requests.at(-1))).toContain("Miu");
  });

  test("keeps the beginning of the prompt the same to the byte, so that caches hold", async () => {
    const talk = await startTalk(() => ({ text: "Fine." }));
    for (const text of ["One", "Two", "Three"]) await talk.say(text);
    const begins = talk.model.requests.map(({ body }) => JSON.stringify([body.messages[0], body.tools]));
    expect(new Set(begins).size).toBe(1);
    const [, second, third] = talk.model.requests.map(({ body }) => body.messages as unknown[]);
    expect(third?.slice(0, (second?.length ?? 0) - 1)).toEqual(second?.slice(0, -1));
  });

  test("uses tools, several times in a turn, with receipts in the journal and in the log", async () => {
    const talk = await startTalk([
      call("fs_write", { path: "note.txt", content: "milk" }),
      call("fs_read", { path: "note.txt" }),
      { text: "It says milk." },
    ]);
    const reply = await talk.say("Write milk into note.txt and read it");
    expect(reply.reply).toBe("It says milk.");
    expect(reply.tools.map(({ tool, ok }) => [tool, ok])).toEqual([
      ["fs.write", true],
      ["fs.read", true],
    ]);
    expect(prompt(talk.model.requests[2])).toContain("milk");
    const receipts = (await talk.entries()).flatMap((entry) => entry.receipts ?? []);
    expect(receipts.map(({ tool }) => tool)).toEqual(["fs.write", "fs.read"]);
    const seqs = (await talk.events("tool.replied")).map(({ seq }) => seq);
    expect(receipts.map(({ seq }) => seq)).toEqual(seqs);
    expect(reply.tools.map(({ receipt }) => receipt?.seq)).toEqual(seqs);
  });

  test("copes with tools that do not exist, arguments that are no JSON, and a call that keeps failing", async () => {
    const talk = await startTalk([
      call("no_such", {}),
      call("fs_read", '{"path": '),
      call("fs_read", { path: "gone.txt" }),
      call("fs_read", { path: "gone.txt" }),
      call("fs_read", { path: "gone.txt" }),
      { text: "I cannot read it." },
    ]);
    const reply = await talk.say("Read gone.txt");
    expect(reply.reply).toBe("I cannot read it.");
    expect(reply.tools.map(({ tool, code }) => [tool, code])).toEqual([
      ["no.such", "not_found"],
      ["fs.read", "invalid_input"],
      ["fs.read", "not_found"],
      ["fs.read", "not_found"],
      ["fs.read", "refused"],
    ]);
  });

  test("says plainly what is wrong with the model", async () => {
    const talk = await startTalk([
      {
        failure: {
          kind: "status",
          status: 401,
          body: { error: { message: "Incorrect API key", code: "invalid_api_key" } },
        },
      },
    ]);
    const reply = await talk.say("Hi");
    expect(reply).toMatchObject({ finish: "error", error: "model_auth" });
    expect(reply.reply).toContain("Incorrect API key. Set the right key of the provider");
  });

  test("learns from a failure that was overcome, and is reminded of it before the same wall", async () => {
    const script = [
      call("fs_read", { path: "reports/april" }),
      call("fs_read", { path: "april.txt" }),
      { text: "April was fine." },
      { text: "Yes." },
    ];
    const talk = await startTalk(script);
    const workspace = join(talk.home, "agents", "field.fwagent", "workspace");
    mkdirSync(workspace, { recursive: true });
    writeFileSync(join(workspace, "april.txt"), "all fine");
    await talk.say("Read the report of April", "one");
    expect(await talk.system().result("lesson.list", { agent: "field" })).toMatchObject({
      lessons: [{ code: "not_found" }],
    });
    await talk.say("Read the report of April again", "two");
    expect(prompt(talk.model.requests.at(-1))).toContain("Lesson ");
    expect(prompt(talk.model.requests.at(-1))).toContain("april.txt");
  });
});

describe("the user's hand on a running turn", () => {
  test("stop: what was said so far stays, and the next message is answered", async () => {
    const talk = await startTalk([{ text: "word ".repeat(400), between_ms: 20 }, { text: "Next." }]);
    const { id } = await talk.send("Tell me a long story");
    await until("it speaks", async () => {
      const shown = await talk.system().call("session.show", { agent: "field", session: "s" });
      return shown.ok && ((shown.result as { live?: { text: string } }).live?.text.length ?? 0) > 20;
    });
    expect(await talk.system().result("turn.stop", { agent: "field", session: "s" })).toEqual({
      stopped: true,
    });
    const mail = await talk.finished(id);
    expect(mail.reply).toMatchObject({ finish: "stopped", reply: expect.stringContaining("word") });
    expect((await talk.say("And now?")).reply).toBe("Next.");
  });

  test("add: what is said meanwhile reaches the model, in the same turn or the next", async () => {
    const said = Promise.withResolvers<void>();
    const talk = await startTalk(async ({ n }) => {
      if (n === 0) {
        await said.promise;
        return call("time_now", {});
      }
      return { text: "Oui." };
    });
    const { id } = await talk.send("Answer yes");
    await until("the turn runs", () => talk.model.requests.length === 1);
    expect(
      await talk.system().result("turn.add", { agent: "field", session: "s", text: "in French" }),
    ).toEqual({ added: true });
    said.resolve();
    expect((await talk.finished(id)).reply).toMatchObject({ reply: "Oui." });
    expect(prompt(talk.model.requests[1])).toContain("in French");
  });

  test("a question waits for its answer, over a restart", async () => {
    const talk = await startTalk(({ n }) =>
      n === 0 ? call("user_ask", { question: "Which colour?" }) : { text: "Blue it is." },
    );
    const { id } = await talk.send("Paint it");
    type Questions = { questions: { id: string }[] };
    const open = async () => (await talk.system().result<Questions>("question.list")).questions;
    await until("it asks", async () => (await open()).length === 1);
    await talk.crash();
    await until("it still asks", async () => (await open()).length === 1);
    await talk.system().result("question.answer", { id: (await open())[0]?.id ?? "", answer: "blue" });
    expect((await talk.finished(id)).reply).toMatchObject({ reply: "Blue it is." });
    expect(prompt(talk.model.requests.at(-1))).toContain("blue");
  });
});

describe("a turn cut off by kill -9", () => {
  test("goes on from its last finished step: nothing is written or run twice", async () => {
    const crashed = Promise.withResolvers<void>();
    const talk = await startTalk(async ({ n }) => {
      if (n === 0) return call("fs_append", { path: "log.txt", content: "once\n" });
      if (n === 1) await crashed.promise;
      return { text: "Done." };
    });
    const { id } = await talk.send("Append once");
    await until("the second step runs", () => talk.model.requests.length === 2);
    await talk.crash();
    crashed.resolve();
    expect((await talk.finished(id)).reply).toMatchObject({ reply: "Done." });
    expect(await talk.events("tool.called")).toHaveLength(1);
    expect((await talk.entries()).map(({ message }) => message.role)).toEqual([
      "user",
      "assistant",
      "tool",
      "assistant",
    ]);
    expect((await talk.system().result("journal.verify", {})) as object).toMatchObject({ ok: true });
  });
});

describe("without any model", () => {
  test("what it is told to remember is found again, and how to connect a model is said", async () => {
    const talk = await startTalk(undefined);
    expect((await talk.say("Remember that the spare key hangs behind the blue door", "one")).reply).toContain(
      "spare key",
    );
    const { reply } = await talk.say("Where does the spare key hang?", "two");
    expect(reply).toContain("behind the blue door");
    expect(reply).toContain("fw model add");
  });
});

describe("a long conversation", () => {
  test("of 10,000 messages is answered like a short one, from a bounded prompt", async () => {
    const talk = await startTalk(() => ({ text: "Fine." }));
    const fill = `async fill(args, host) {
      const messages = Array.from({ length: 50 }, (_, n) => ({ role: n % 2 ? "assistant" : "user", content: "Message " + (args.from + n) + " about this and that, and some words more." }));
      return await host.session.append({ session: "s", messages });
    }`;
    const source = `import { agent } from "fieldwork";\nexport default agent({ rpc: { fill: { run: ({ from }, host) => ({ ${fill} }).fill({ from }, host) } } });`;
    await addModule(
      talk.system(),
      "long",
      { "agent.ts": source },
      { exposes_rpc: [{ name: "fill", description: "" }] },
    );
    for (let from = 0; from < 10_000; from += 50)
      await talk.system().result("module.invoke", { id: "long", function: "fill", args: { from } });
    const { mail } = await talk
      .system()
      .result<{ mail: Mail }>("message.send", { to: "long", session: "s", text: "And now?", wait: true });
    expect(mail.reply).toMatchObject({ reply: "Fine." });
    const [request] = talk.model.requests;
    expect(prompt(request)).toContain("Message 9999");
    expect(prompt(request).length).toBeLessThan(24_000 * 7);
    expect(await talk.system().result("session.list", { agent: "long" })).toMatchObject({
      sessions: [{ entries: expect.any(Number) }],
    });
  });

  test("is summed up in the end, keeps its log, and stays within the budget", async () => {
    const talk = await startTalk(
      ({ body }) =>
        prompt({ body } as never).includes("Sum up this part")
          ? { text: "They counted." }
          : { text: `Answer. ${"word ".repeat(60)}` },
      { "mind.budget_tokens": 3000 },
    );
    for (let n = 0; n < 24; n++) await talk.say(`Question ${n} ${"word ".repeat(60)}`);
    const entries = await talk.entries();
    expect(entries.filter(({ kind }) => kind === "summary").length).toBeGreaterThan(0);
    expect(entries.filter(({ kind }) => kind === "message")).toHaveLength(48);
    expect(prompt(talk.model.requests.at(-1))).toContain("They counted.");
    const longest = Math.max(...talk.model.requests.map((request) => prompt(request).length));
    expect(longest).toBeLessThan(3000 * 7);
  });
});
