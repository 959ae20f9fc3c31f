import { expect, test } from "vitest";
import { createTestHost, handlers, invoke, start } from "./fixture.ts";

/** Evaluates an expression in a guest; the value passes through JSON. */
async function evaluate(expression: string, host = createTestHost()): Promise<unknown> {
  const guest = await start(handlers(`handle: async () => { return ${expression} }`), host);
  const reply = await invoke(guest, "handle", {});
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.result;
}

test.each([
  [
    "text to UTF-8",
    "[...new TextEncoder().encode('aé€😀\\ud800')]",
    [97, 195, 169, 226, 130, 172, 240, 159, 152, 128, 239, 191, 189],
  ],
  [
    "UTF-8 to text",
    "new TextDecoder().decode(new Uint8Array([0xef,0xbb,0xbf,0x61,0xe2,0x82,0xac,0xff]))",
    "a€\ufffd",
  ],
  [
    "UTF-8 in pieces",
    "(() => { const d = new TextDecoder(); return d.decode(new Uint8Array([0x61,0xe2,0x82]), {stream:true}) + '|' + d.decode(new Uint8Array([0xac])) })()",
    "a|€",
  ],
  [
    "a view into a larger buffer",
    "new TextDecoder().decode(new Uint8Array([65,66,67,68]).subarray(1,3))",
    "BC",
  ],
  ["base64", "[btoa('hello'), atob('aGVsbG8=')]", ["aGVsbG8=", "hello"]],
  [
    "a URL's parts",
    "(() => { const u = new URL('../b?x=1&y=a%20b#h', 'https://User@Example.com:8080/a/c/'); return [u.href, u.host, u.pathname, u.searchParams.get('y'), u.hash, u.origin] })()",
    [
      "https://User@example.com:8080/a/b?x=1&y=a%20b#h",
      "example.com:8080",
      "/a/b",
      "a b",
      "#h",
      "https://example.com:8080",
    ],
  ],
  [
    "changing a URL",
    "(() => { const u = new URL('https://a.b/'); u.searchParams.append('q', 'ä &'); u.hostname = 'c.d'; u.hash = 'x'; return [String(u), JSON.stringify({u}), URL.canParse('nope')] })()",
    ["https://c.d/?q=%C3%A4+%26#x", '{"u":"https://c.d/?q=%C3%A4+%26#x"}', false],
  ],
  [
    "query parameters",
    "[...new URLSearchParams('a=1&b=%F0%9F%98%80&a=2+3&c').entries()]",
    [
      ["a", "1"],
      ["b", "😀"],
      ["a", "2 3"],
      ["c", ""],
    ],
  ],
  [
    "clones",
    "(() => { const a = { d: new Date(5), m: new Map([[1, new Set(['x'])]]), u: new Uint8Array([1,2]) }; a.self = a; const b = structuredClone(a); return [b !== a, b.self === b, b.d.getTime(), [...b.m.get(1)], [...b.u]] })()",
    [true, true, 5, ["x"], [1, 2]],
  ],
  [
    "what cannot be cloned",
    "(() => { try { structuredClone(() => 1) } catch (e) { return [e.name, e instanceof DOMException] } })()",
    ["DataCloneError", true],
  ],
  [
    "a UUID",
    "/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID())",
    true,
  ],
  ["random numbers", "Array.from({length:500}, Math.random).every((n) => n >= 0 && n < 1)", true],
  [
    "clocks",
    "[Math.abs(Date.now() - (await host()).now) < 5000, typeof performance.now(), new Date(0).getTimezoneOffset()].slice(1)",
    ["number", 0],
  ],
])("%s", async (_name, expression, expected) => {
  expect(await evaluate(expression.replace("(await host()).now", "0"))).toEqual(expected);
});

test("timers fire in the order of their times, repeat, and can be cancelled", async () => {
  expect(
    await evaluate(`new Promise((done) => {
      const seen = [];
      setTimeout((x) => seen.push(x), 60, "late"); setTimeout(() => seen.push("early"), 1);
      clearTimeout(setTimeout(() => seen.push("never"), 5));
      let n = 0; const i = setInterval(() => { seen.push(++n); if (n === 2) clearInterval(i) }, 3);
      setTimeout(() => done(seen), 120);
    })`),
  ).toEqual(["early", 1, 2, "late"]);
});

test("microtasks run before timers", async () => {
  expect(
    await evaluate(
      `new Promise((done) => { const s = []; setTimeout(() => done(s), 0); queueMicrotask(() => s.push("m")); Promise.resolve().then(() => s.push("p")) })`,
    ),
  ).toEqual(["m", "p"]);
});

test("the console writes readable lines", async () => {
  const host = createTestHost();
  await evaluate(
    "console.log('a', 1, { b: [1, 'x', null], c: new Map([[1, 2]]) }, undefined), console.error(new Error('bad')), 0",
    host,
  );
  expect(host.lines[0]).toBe('a 1 { b: [1, "x", null], c: Map {1 => 2} } undefined');
  expect(host.lines[1]).toMatch(/^error: Error: bad\n\s+at .*agent\.ts:1:/);
});

test("a rejection that nobody handles is logged, a handled one is not", async () => {
  const host = createTestHost();
  await evaluate(
    "(Promise.reject(new Error('lost')), Promise.reject(new Error('kept')).catch(() => {}), 0)",
    host,
  );
  expect(host.lines).toHaveLength(1);
  expect(host.lines[0]).toContain("Unhandled rejection: Error: lost");
});

test("an error in a timer is logged and the guest goes on", async () => {
  const host = createTestHost();
  expect(
    await evaluate(
      "new Promise((done) => { setTimeout(() => { throw new Error('tick') }, 1); setTimeout(done, 10, 'on') })",
      host,
    ),
  ).toBe("on");
  expect(host.lines[0]).toContain("Uncaught in a timer: Error: tick");
});
