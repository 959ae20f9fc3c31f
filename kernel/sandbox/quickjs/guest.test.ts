import { expect, test } from "vitest";
import { createTestHost, handlers, invoke, start } from "./fixture.ts";

test("a string that a message handler returns becomes its reply", async () => {
  const guest = await start(handlers("onMessage: (message) => 'You said: ' + message.text"));
  expect(await invoke(guest, "handle_message", { text: "hello" })).toEqual({
    ok: true,
    result: { reply: "You said: hello" },
  });
});

test("64 calls side by side come back each to its own promise", async () => {
  const host = createTestHost(async (_cap, { n }) => {
    await new Promise((resolve) => setTimeout(resolve, (Number(n) * 7) % 13));
    return { n };
  });
  const guest = await start(
    handlers(`onMessage: async (_m, host) => {
      const all = await Promise.all(Array.from({ length: 64 }, (_, n) => host.call("echo", { n })));
      return all.map((r) => r.n).join();
    }`),
    host,
  );
  const numbers = Array.from({ length: 64 }, (_, n) => n);
  expect(await invoke(guest, "handle_message", { text: "" })).toEqual({
    ok: true,
    result: { reply: numbers.join() },
  });
  expect(host.requests.map(({ args }) => args.n)).toEqual(numbers);
});

test("calls into one guest may overlap", async () => {
  const host = createTestHost(
    (_cap, { ms }) => new Promise((resolve) => setTimeout(() => resolve({ ms }), Number(ms))),
  );
  const guest = await start(
    handlers("rpc: { wait: { async run({ ms }, host) { return (await host.call('x', { ms })).ms } } }"),
    host,
  );
  const done: unknown[] = [];
  await Promise.all(
    [30, 5, 15].map(async (ms) => {
      const reply = await invoke(guest, "wait", { ms });
      done.push(reply.ok && reply.result);
    }),
  );
  expect(done).toEqual([5, 15, 30]);
});

test("what a handler throws is told with its message and the author's line", async () => {
  const guest = await start({
    "agent.ts": `import { agent } from "fieldwork";
interface Box { readonly value?: { readonly text: string } }
const open = (box: Box): string =>
  box.value!.text;
export default agent({ onMessage: async () => open({}) });`,
  });
  const reply = await invoke(guest, "handle_message");
  expect(reply).toMatchObject({
    ok: false,
    error: { code: "module_crashed", message: expect.stringContaining("TypeError") },
  });
  expect(!reply.ok && reply.error.details.stack).toContain("agent.ts:4:");
});

test("an error with a code of its own keeps it, its remedy and its details", async () => {
  const guest = await start({
    "agent.ts": `import { agent, FieldworkError } from "fieldwork";
      export default agent({ onMessage() { throw new FieldworkError("conflict", "taken", { remedy: "wait", details: { by: "x" } }) } });`,
  });
  expect(await invoke(guest, "handle_message")).toEqual({
    ok: false,
    error: { code: "conflict", message: "taken", remedy: "wait", details: { by: "x" } },
  });
});

test("a refused capability call is a FieldworkError in the agent", async () => {
  const host = {
    ...createTestHost(),
    request: async () =>
      JSON.stringify({ ok: false, error: { code: "denied", message: "no grant", remedy: "ask" } }),
  };
  const guest = await start(
    {
      "agent.ts": `import { agent, FieldworkError } from "fieldwork";
        export default agent({ async onMessage(_m, host) {
          try { await host.store.kv.get("a") } catch (e) { return [e instanceof FieldworkError, e.code, e.message, e.remedy].join() } } });`,
    },
    host,
  );
  expect(await invoke(guest, "handle_message")).toMatchObject({
    result: { reply: "true,denied,no grant,ask" },
  });
});

test("a function the agent does not have is not_found", async () => {
  const guest = await start(handlers(""));
  for (const fn of ["sum", "constructor", "__proto__"]) {
    expect(await invoke(guest, fn)).toMatchObject({ ok: false, error: { code: "not_found" } });
  }
  expect(await invoke(guest, "on_load")).toEqual({ ok: true, result: {} });
});

test("a reply that is not JSON is an error of that call", async () => {
  const guest = await start(
    handlers("handle: ({ type }) => { const a = {}; a.a = a; return type === 'big' ? 1n : a }"),
  );
  expect(await invoke(guest, "handle", { type: "big" })).toMatchObject({ ok: false });
  expect(await invoke(guest, "handle", { type: "circle" })).toMatchObject({ ok: false });
});

test("text of every kind passes unchanged", async () => {
  const guest = await start(handlers("handle: ({ payload }) => payload"));
  const payload = ["", "\u0000", "é", "😀", "\ud800", "\u2028", '"\\', "\ufeff"];
  expect(await invoke(guest, "handle", { payload })).toEqual({ ok: true, result: payload });
});
