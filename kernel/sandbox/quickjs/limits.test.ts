import { describe, expect, test } from "vitest";
import { createTestHost, handlers, invoke, loadEngine, start } from "./fixture.ts";

const crash = (code: string) => ({ ok: false, error: { code } });

describe("fuel", () => {
  test("an endless loop is stopped when the host says so, and the guest is lost", async () => {
    const guest = await start(
      handlers("onMessage: () => { try { for (;;); } catch { return 'caught' } finally { for (;;); } }"),
      createTestHost(undefined, 5),
    );
    await expect(guest.call("handle_message", "{}")).rejects.toMatchObject({ code: "fuel_exhausted" });
    await expect(guest.call("handle_message", "{}")).rejects.toMatchObject({ code: "fuel_exhausted" });
  });

  test("an endless chain of microtasks is stopped too", async () => {
    const guest = await start(
      handlers("onMessage: async () => { for (;;) await null; }"),
      createTestHost(undefined, 5),
    );
    await expect(guest.call("handle_message", "{}")).rejects.toMatchObject({ code: "fuel_exhausted" });
  });

  test("an endless loop at the top level stops the snapshot", async () => {
    await expect(start({ "agent.ts": "for (;;);" }, createTestHost())).rejects.toMatchObject({
      code: "fuel_exhausted",
    });
  });

  test("while one guest computes, others go on", async () => {
    const host = createTestHost(undefined, 100_000);
    const busy = await start(
      handlers("onMessage: () => { const end = Date.now() + 300; while (Date.now() < end); return 'done' }"),
      host,
    );
    const quick = await start(handlers("onMessage: () => 'quick'"));
    const order: string[] = [];
    const long = invoke(busy, "handle_message").then(() => order.push("busy"));
    for (let n = 0; n < 3; n++) await invoke(quick, "handle_message").then(() => order.push("quick"));
    await long;
    expect(order).toEqual(["quick", "quick", "quick", "busy"]);
    expect(host.yields()).toBeGreaterThan(3);
  });

  test("a guest that is suspended for want of fuel is not entered by a second call", async () => {
    const guest = await start(
      handlers(`rpc: {
        long: { run() { let n = 0; const end = Date.now() + 50; while (Date.now() < end) n += 1; return "long" } },
        short: { run: () => "short" } }`),
      createTestHost(undefined, 100_000),
    );
    const ended: unknown[] = [];
    await Promise.all(
      ["long", "short", "short"].map(async (fn) => {
        const reply = await invoke(guest, fn);
        ended.push(reply.ok && reply.result);
      }),
    );
    expect(ended).toEqual(["long", "short", "short"]);
  });
});

describe("memory", () => {
  const small = loadEngine(4);

  test("reaching the maximum is an error the agent can catch", async () => {
    const guest = await start(
      handlers(
        "onMessage: () => { const all = []; try { for (;;) all.push(new Uint8Array(1 << 18)) } catch (e) { return String(e) } }",
      ),
      createTestHost(),
      small,
    );
    expect(await invoke(guest, "handle_message")).toEqual({
      ok: true,
      result: { reply: "InternalError: out of memory" },
    });
  });

  test("uncaught, it is memory_exhausted, and the guest can go on", async () => {
    const guest = await start(
      handlers(
        `onMessage: (m) => { if (m.text) return "fine"; const all = []; for (;;) all.push([all.length]); }`,
      ),
      createTestHost(undefined, 100_000),
      small,
    );
    expect(await invoke(guest, "handle_message")).toMatchObject(crash("memory_exhausted"));
    expect(await invoke(guest, "handle_message", { text: "again" })).toMatchObject({ ok: true });
  });

  test("arguments that do not fit are memory_exhausted", async () => {
    const guest = await start(handlers("onMessage: (m) => String(m.text.length)"), createTestHost(), small);
    expect(await invoke(guest, "handle_message", { text: "x".repeat(5_000_000) })).toMatchObject(
      crash("memory_exhausted"),
    );
    expect(guest.memory.buffer.byteLength).toBeLessThanOrEqual(4 << 20);
  });

  test("a string of 8 million characters goes in and out", async () => {
    const guest = await start(handlers("rpc: { echo: { run: (m) => m } }"));
    const text = "é".repeat(8_000_000);
    expect(await invoke(guest, "echo", { text })).toEqual({ ok: true, result: { text } });
  });
});

describe("nesting", () => {
  const cases: Record<string, string> = {
    "recursion without end": "(function f() { f() })()",
    "a getter that reads itself": "new (class { get x() { return this.x } })().x",
    "deeply nested JSON text": "JSON.parse('['.repeat(100_000))",
    "a deeply nested value turned into JSON":
      "let a = []; for (let i = 0; i < 20_000; i++) a = [a]; JSON.stringify(a)",
    "deeply nested source text": "eval('('.repeat(100_000))",
    "a long row of prefix operators": "eval('!'.repeat(100_000) + '1')",
    "a chain of proxies": "let p = {}; for (let i = 0; i < 20_000; i++) p = new Proxy(p, {}); p.x",
    "a deeply nested clone": "let a = []; for (let i = 0; i < 20_000; i++) a = [a]; structuredClone(a)",
  };
  test.each(Object.entries(cases))("%s is an error the agent can catch", async (_name, code) => {
    const guest = await start(
      handlers(`onMessage: () => { try { ${code} } catch (e) { return e.name } return "no error" }`),
      createTestHost(undefined, 100_000),
    );
    expect(await invoke(guest, "handle_message")).toEqual({ ok: true, result: { reply: "RangeError" } });
  });
});

test("a handler that waits for nothing is told so instead of hanging", async () => {
  const guest = await start(handlers("onMessage: () => new Promise(() => {})"));
  expect(await invoke(guest, "handle_message")).toMatchObject({
    ok: false,
    error: { code: "module_crashed", message: expect.stringContaining("waits for ever") },
  });
});

test("more calls under way than allowed are refused by an error", async () => {
  const guest = await start(
    handlers(`onMessage: async (_m, host) => {
      const all = await Promise.allSettled(Array.from({ length: 300 }, () => host.call("x")));
      return all.filter((r) => r.status === "rejected").map((r) => r.reason.message)[0];
    }`),
    createTestHost(() => new Promise((resolve) => setTimeout(() => resolve({}), 200))),
  );
  expect(await invoke(guest, "handle_message")).toMatchObject({
    result: { reply: "more than 256 capability calls are under way at once" },
  });
});

test("more timers than allowed are refused by an error", async () => {
  const guest = await start(handlers("onMessage: () => { for (;;) setTimeout(() => {}, 60_000) }"));
  expect(await invoke(guest, "handle_message")).toMatchObject({
    error: { message: expect.stringContaining("timers") },
  });
  guest.close();
});

test("a flood of log lines is cut, each line and their number", async () => {
  const host = createTestHost();
  const guest = await start(
    handlers(
      "onMessage: () => { console.log('x'.repeat(1e6)); for (let i = 0; i < 20_000; i++) console.log(i); return '' }",
    ),
    host,
  );
  await invoke(guest, "handle_message");
  expect(host.lines).toHaveLength(10_000);
  expect(host.lines[0]!.length).toBeLessThan(20_000);
  expect(host.lines.at(-1)).toContain("dropped");
});

test("closing a guest fails its calls and cancels its timers", async () => {
  const guest = await start(handlers("onMessage: () => new Promise((done) => setTimeout(done, 60_000))"));
  const call = invoke(guest, "handle_message");
  await new Promise((resolve) => setTimeout(resolve, 20));
  guest.close();
  await expect(call).rejects.toMatchObject({ code: "unavailable" });
});
