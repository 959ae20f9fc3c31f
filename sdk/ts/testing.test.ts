import { expect, test } from "vitest";
import { agent, rpc } from "./index.ts";
import { createTestCounter, runAgent } from "./testing.ts";

test("storage behaves as the real one", async () => {
  const counter = createTestCounter();
  const running = runAgent(
    agent({
      async handle(_request, host) {
        await host.store.kv.set("a.1", { n: 1 });
        await host.store.kv.set("a.2", 2);
        await host.store.kv.delete("a.2");
        await host.store.doc.put("notes", "x", "first");
        await host.store.doc.put("notes", "y", "second");
        await host.store.doc.put("notes", "x", "third");
        const records = await host.store.doc.query<string>("notes", { limit: 2 });
        return [
          await host.store.kv.get("a.1"),
          (await host.store.kv.get("a.2")) === undefined,
          await host.store.kv.list("a."),
          await host.store.doc.get("notes", "x"),
          records.map(({ body }) => body),
        ];
      },
    }),
    counter,
  );
  expect(await running.handle({ type: "try" })).toEqual([
    { n: 1 },
    true,
    ["a.1"],
    "third",
    ["third", "second"],
  ]);
});

test("the same memory twice is remembered once, and search finds it", async () => {
  const running = runAgent(
    agent({
      async handle(_request, host) {
        const first = await host.brain.add({ content: "The cat is called Miu" });
        const again = await host.brain.add({ content: "The cat is called Miu" });
        const hits = await host.brain.search("cat name");
        return [first.added, again.added, again.id === first.id, hits[0]?.content, hits[0]?.score];
      },
    }),
  );
  expect(await running.handle({ type: "try" })).toEqual([true, false, true, "The cat is called Miu", 0.5]);
});

test("files of the workspace have one name, however they are written", async () => {
  const counter = createTestCounter();
  const running = runAgent(
    agent({
      async handle(_request, host) {
        await host.fs.write("a.txt", "one");
        await host.fs.write("/workspace/a.txt", " two", { mode: "append" });
        await host.fs.move("./a.txt", "b.txt");
        return [(await host.fs.read("b.txt")).content, (await host.fs.stat("a.txt")).found];
      },
    }),
    counter,
  );
  expect(await running.handle({ type: "try" })).toEqual(["one two", false]);
  expect([...counter.files]).toEqual([["b.txt", "one two"]]);
});

test("a capability without a provider is refused with what to do; a given one is asked", async () => {
  const definition = agent({
    onMessage: async (message, host) =>
      String(
        (await host.llm.complete({ messages: [{ role: "user", content: message.text }] })).message.content,
      ),
  });
  await expect(runAgent(definition).message("hi")).rejects.toMatchObject({ code: "unavailable" });
  const counter = createTestCounter({
    "llm.complete": () => ({ message: { role: "assistant", content: "hello" } }),
  });
  expect(await runAgent(definition, counter).message("hi")).toEqual({ reply: "hello" });
});

test("a batch answers each call by itself, in order", async () => {
  const running = runAgent(
    agent({
      handle: (_request, host) =>
        host.batch([
          { cap: "store.kv.set", args: { k: "a", v: 1 } },
          { cap: "no.such" },
          { cap: "store.kv.get", args: { k: "a" } },
        ]),
    }),
  );
  expect(await running.handle({ type: "try" })).toMatchObject([
    { ok: true },
    { ok: false, error: { code: "unavailable" } },
    { ok: true, result: { value: 1 } },
  ]);
});

test("arguments and results pass through JSON", async () => {
  const running = runAgent(
    agent({ rpc: { now: rpc({ run: () => ({ at: new Date(0), gone: undefined }) }) } }),
  );
  expect(await running.call("now")).toEqual({ at: "1970-01-01T00:00:00.000Z" });
});

test("an unknown key of a definition is refused at once", () => {
  expect(() => agent({ onMesage() {} } as never)).toThrow("onMesage");
});

test("every short form asks for the capability of its name", async () => {
  const asked: string[] = [];
  const counter = createTestCounter();
  const running = runAgent(
    agent({
      async handle(_request, host) {
        const call = async (run: () => Promise<unknown>) => void (await run().catch(() => undefined));
        await call(() => host.time.now());
        await call(() => host.random.bytes(4));
        await call(() => host.log("line"));
        await call(() => host.http.fetch("https://a.b"));
        await call(() => host.exec.run("ls", ["-l"]));
        await call(() => host.secret.use("key"));
        await call(() => host.bus.request("other", "sum"));
        await call(() => host.bus.send("other", "sum"));
        await call(() => host.bus.broadcast(["other"], "sum"));
        await call(() => host.schedule.after(1000));
        await call(() => host.schedule.cron("* * * * *"));
        await call(() => host.schedule.list());
        await call(() => host.schedule.cancel("a"));
        await call(() => host.registry.list());
        await call(() => host.registry.providers());
        await call(() => host.tool.specs());
        await call(() => host.tool.search("a"));
        await call(() => host.tool.run("a"));
        await call(() => host.mind.prepare({ message: "a", session: "s" }));
        await call(() => host.mind.lesson.recall("a"));
        await call(() => host.session.history({ session: "s" }));
        await call(() => host.llm.embed(["a"]));
      },
    }),
    counter,
  );
  await running.handle({ type: "try" });
  asked.push(...counter.calls.map(({ cap }) => cap));
  expect(asked).toEqual([
    "time.now",
    "random.bytes",
    "log",
    "http.fetch",
    "exec.run",
    "secret.use",
    "bus.request",
    "bus.send",
    "bus.broadcast",
    "schedule.after",
    "schedule.cron",
    "schedule.list",
    "schedule.cancel",
    "registry.list",
    "registry.providers",
    "tool.specs",
    "tool.search",
    "tool.run",
    "mind.prepare",
    "mind.lesson.recall",
    "session.history",
    "llm.embed",
  ]);
  expect(counter.lines).toEqual(["line"]);
});
