import { expect, test } from "vitest";
import { createTestHost, engine, handlers, invoke, runtime, start } from "./fixture.ts";
import { startGuest } from "./guest.ts";
import { prepareProgram } from "./prepare.ts";
import { createSnapshot } from "./snapshot.ts";

const SABOTAGE = `
  const forge = () => ({ n: 666 });
  const { then } = Promise.prototype;
  JSON.stringify = () => "666";
  JSON.parse = forge as never;
  Map.prototype.get = forge as never;
  Map.prototype.set = Map.prototype.delete = forge as never;
  Promise.prototype.then = function (f) { return Reflect.apply(then, this, [() => f(forge())]) } as never;
  Object.defineProperty(Promise, Symbol.species, { get: () => forge });
  Object.defineProperty(Promise, "resolve", { get: () => forge });
  Array.prototype[Symbol.iterator] = forge as never;
  Function.prototype.call = Function.prototype.apply = forge as never;
  Object.defineProperty = Object.entries = forge as never;
  globalThis.Map = globalThis.Promise = globalThis.String = globalThis.Error = globalThis.Number = forge as never;
`;

test("an agent that replaces the built-ins still has its calls answered, each with its own reply", async () => {
  const host = createTestHost((_cap, { n }) => ({ n }));
  const guest = await start(
    {
      "agent.ts": `import { agent } from "fieldwork"; ${SABOTAGE}
        export default agent({ rpc: { ask: { async run({ n }, host) { return (await host.call("echo", { n })).n } } } });`,
    },
    host,
  );
  const replies = await Promise.all([1, 2, 3, 4].map((n) => invoke(guest, "ask", { n })));
  expect(replies).toEqual([1, 2, 3, 4].map((result) => ({ ok: true, result })));
});

test("replies on their way to the SDK cannot be intercepted by a replaced then or constructor", async () => {
  const host = createTestHost(() => ({ secret: 1 }));
  const guest = await start(
    {
      "agent.ts": `import { agent } from "fieldwork";
        const seen: string[] = [];
        const { then } = Promise.prototype;
        const RealPromise = Promise;
        Promise.prototype.then = function (f, r) {
          return Reflect.apply(then, this, [(v) => { seen.push(typeof v); return f?.(v) }, r]);
        } as never;
        Object.defineProperty(Promise.prototype, "constructor", { get: () => class extends RealPromise {} });
        export default agent({ rpc: { ask: { async run(_, host) { await host.call("x"); return seen.includes("string"); } } } });`,
    },
    host,
  );
  expect(await invoke(guest, "ask")).toEqual({ ok: true, result: false });
});

test("setters on Object.prototype see nothing of the glue", async () => {
  const host = createTestHost((_cap, { n }) => ({ n }));
  const guest = await start(
    {
      "agent.ts": `import { agent } from "fieldwork";
        const seen: string[] = [];
        for (const name of ["value", "ok", "result", "error", "code", "callback", "resolve", "definition", "dispatch", "get", "0"]) {
          Object.defineProperty(Object.prototype, name, { __proto__: null, configurable: true, set() { seen.push(name) }, get() { return undefined } });
        }
        export default agent({ rpc: { ask: { async run({ n }, host) { return [(await host.call("echo", { n })).n, seen.length] } } } });`,
    },
    host,
  );
  expect(await invoke(guest, "ask", { n: 7 })).toEqual({ ok: true, result: [7, 0] });
});

test("the host's functions cannot be found from the agent", async () => {
  const guest = await start(
    handlers(`onMessage: async () => {
      const found = [];
      for (const key of Reflect.ownKeys(globalThis)) if (/native|fieldwork/i.test(String(key))) found.push(String(key));
      for (const name of ["fieldwork:/guest/native.ts", "./guest/native.ts", "../guest/native.ts", "fieldwork/guest/native.ts", "fieldwork:/boot.ts"]) {
        try { await import(name); found.push(name) } catch {}
      }
      return found.join();
    }`),
  );
  expect(await invoke(guest, "handle_message")).toEqual({ ok: true, result: { reply: "" } });
});

test("thrown values that fight back are described all the same", async () => {
  const thrown = [
    "null",
    "({ toString() { throw 1 } })",
    "Object.assign(new Error('a'), { stack: { toString() { throw 2 } } })",
    "new Proxy({}, { get() { throw 3 }, getPrototypeOf() { throw 4 } })",
    "Object.defineProperty(new Error('b'), 'message', { get() { throw 5 } })",
    "Object.assign(new Error('c'), { code: { toString() { throw 6 } } })",
    "Symbol('d')",
    "Object.assign(new Error('x'.repeat(1e6)), { details: 1n })",
  ];
  const guest = await start(handlers(`handle: ({ type }) => { throw (0, eval)(type) }`));
  for (const type of thrown) {
    expect(await invoke(guest, "handle", { type })).toMatchObject({
      ok: false,
      error: { code: "module_crashed" },
    });
  }
});

test("fifty guests of one snapshot see nothing of each other", async () => {
  const snapshot = await createSnapshot(
    engine,
    prepareProgram(
      handlers(`onMessage: async (message, host) => {
        Object.prototype.leak = (Object.prototype.leak ?? "") + message.text;
        globalThis.count = (globalThis.count ?? 0) + 1;
        await host.call("wait");
        return [{}.leak, globalThis.count].join();
      }`),
      "agent.ts",
      runtime,
    ),
    createTestHost(),
  );
  const replies = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const host = createTestHost(() => new Promise((resolve) => setTimeout(() => resolve({}), n % 7)));
      return invoke(await startGuest(engine, snapshot, host), "handle_message", { text: `<${n}>` });
    }),
  );
  expect(replies.map((reply) => reply.ok && (reply.result as { reply: string }).reply)).toEqual(
    Array.from({ length: 50 }, (_, n) => `<${n}>,1`),
  );
});

test("a host that fails is an error of the call, not of the guest", async () => {
  const host = {
    ...createTestHost(),
    request: async () => {
      throw new Error("line cut");
    },
  };
  const guest = await start(
    handlers(
      "onMessage: async (_m, host) => { try { await host.call('x') } catch (e) { return e.code + ': ' + e.message } }",
    ),
    host,
  );
  expect(await invoke(guest, "handle_message")).toEqual({
    ok: true,
    result: { reply: "internal: line cut" },
  });
});
