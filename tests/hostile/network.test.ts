import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../support/system.ts";
import { type Arena, openArena } from "./arena.ts";
import { type Attack, script } from "./attack.ts";

const GREETING = "only for this machine";

/** Fetches every URL in turn; tells the body or the error. */
const fetcher = (id: string, capabilities: readonly string[]): Attack => ({
  id,
  attempt: "fetching what lies behind the owner's own door",
  files: script(
    `const told = [];
    for (const request of args.requests) {
      try { const { status, body } = await host.call("http.fetch", { timeout_ms: 3000, ...request }); told.push({ status, body }); }
      catch (error) { told.push(tell(error)); }
    }
    return told;`,
  ),
  manifest: { capabilities_required: [...capabilities], timeout_call_ms: 60_000 },
  ends: ["reply"],
});

let inside: Server;
let port: number;
let reached = 0;
let arena: Arena;

interface Told {
  readonly code?: string;
  readonly message?: string;
  readonly status?: number;
  readonly body?: string;
}
const fetchAll = (id: string, ...urls: readonly string[]): Promise<Told[]> =>
  arena.reply<Told[]>(id, { requests: urls.map((url) => ({ url })) });

beforeAll(async () => {
  inside = createServer((request, response) => {
    reached++;
    const to = new URL(request.url ?? "/", "http://x").searchParams.get("to");
    if (to === null) response.end(GREETING);
    else response.writeHead(302, { location: to }).end();
  });
  await new Promise<void>((resolve) => inside.listen(0, "127.0.0.1", resolve));
  port = (inside.address() as { port: number }).port;
  arena = await openArena(
    [
      fetcher("has-nothing", []),
      fetcher("has-everything", ["http.fetch:*"]),
      fetcher(
        "has-names",
        ["rebind", "loopback", "metadata", "mapped"].map((name) => `http.fetch:http://${name}.test:${port}/`),
      ),
      fetcher("has-one-door", [`http.fetch:http://127.0.0.1:${port}/door`]),
    ],
    { env: { NODE_OPTIONS: `--import=${pathToFileURL(join(ROOT, "tests/hostile/resolver.ts"))}` } },
  );
});
afterAll(async () => {
  await arena.end();
  inside.close();
});

describe("a module reaches the network it was given and no other:", () => {
  test("nothing without a grant", async () => {
    for (const told of await fetchAll("has-nothing", "https://example.com/", `http://127.0.0.1:${port}/`)) {
      expect(told.code).toBe("denied");
      expect(told.message).toMatch(/holds no grant http\.fetch/);
    }
    expect(reached).toBe(0);
    await arena.contained();
  });

  test("no private, loopback, link-local or metadata address, however it is written, even with every URL granted", async () => {
    const server = new URL(arena.system.url).port;
    const hosts = [
      "127.0.0.1",
      "127.1",
      "2130706433",
      "0x7f000001",
      "017700000001",
      "0.0.0.0",
      "[::1]",
      "[::]",
      "[::ffff:127.0.0.1]",
      "[::ffff:7f00:1]",
      "[64:ff9b::7f00:1]",
      "127.0.0.1.",
      "１２７.0.0.1",
      "localhost",
      "LOCALHOST",
      "loopback.test",
      "mapped.test",
    ];
    const urls = [
      ...hosts.flatMap((host) => [`http://${host}:${port}/`, `http://${host}:${server}/api/call`]),
      "http://169.254.169.254/latest/meta-data/",
      "http://[fd00:ec2::254]/latest/meta-data/",
      "http://[fe80::1]/",
      "http://metadata.test/latest/",
      "http://10.0.0.1/",
      "http://172.16.0.1/",
      "http://192.168.0.1/",
      "http://100.100.100.200/",
      "http://user:password@127.0.0.1/",
    ];
    for (const [at, told] of (await fetchAll("has-everything", ...urls)).entries()) {
      expect(["denied", "invalid_input", "unavailable"], `${urls[at]}: ${JSON.stringify(told)}`).toContain(
        told.code,
      );
      expect(told).not.toHaveProperty("body");
    }
    expect(reached).toBe(0);
    await arena.contained();
  });

  test("no other scheme", async () => {
    const urls = [
      "file:///etc/passwd",
      "ftp://127.0.0.1/",
      "data:text/plain,x",
      "gopher://127.0.0.1:70/",
      "javascript:1",
      "ws://127.0.0.1/",
      "unix:/run/x",
    ];
    for (const told of await fetchAll("has-everything", ...urls))
      expect(["denied", "invalid_input"]).toContain(told.code);
    await arena.contained();
  });

  test("a name that leads to this machine leads nowhere, even where the name itself is granted", async () => {
    const urls = ["loopback", "metadata", "mapped"].map((name) => `http://${name}.test:${port}/`);
    for (const told of await fetchAll("has-names", ...urls)) {
      expect(told.code).toBe("denied");
      expect(told.message).toMatch(/not an address of the public internet/);
    }
    expect(reached).toBe(0);
    await arena.contained();
  });

  test("a name whose address changes between one look and the next is judged by the address it connects to", async () => {
    const url = `http://rebind.test:${port}/`;
    const told = await fetchAll("has-names", url, url, url, url);
    for (const { code, body } of told) {
      expect(["denied", "unavailable", "timeout"]).toContain(code);
      expect(body).toBeUndefined();
    }
    expect(told.slice(1).map(({ code }) => code)).toEqual(["denied", "denied", "denied"]);
    expect(reached).toBe(0);
    await arena.contained();
  });

  test("a redirect leads no further than the grant", async () => {
    const server = new URL(arena.system.url).port;
    const targets = [
      `http://127.0.0.1:${port}/elsewhere`,
      `http://127.0.0.1:${server}/api/call`,
      "http://169.254.169.254/latest/meta-data/",
      "http://metadata.test/",
      "file:///etc/passwd",
      "//localhost/",
      "http://127.0.0.1:1/",
    ];
    const urls = targets.map((to) => `http://127.0.0.1:${port}/door?to=${encodeURIComponent(to)}`);
    for (const [at, told] of (await fetchAll("has-one-door", ...urls)).entries()) {
      expect(["denied", "invalid_input"], `${targets[at]}: ${JSON.stringify(told)}`).toContain(told.code);
    }
    expect(reached).toBe(targets.length);
    const [door, ajar, beside] = await fetchAll(
      "has-one-door",
      `http://127.0.0.1:${port}/door`,
      `http://127.0.0.1:${port}/doorbell`,
      `http://127.0.0.1:${port}/door/../other`,
    );
    expect(door?.body).toBe(GREETING);
    expect([ajar?.code, beside?.code]).toEqual(["denied", "denied"]);
    await arena.contained();
  });

  test("an endless circle of redirects ends", async () => {
    const at = `http://127.0.0.1:${port}/door`;
    const [told] = await fetchAll("has-one-door", `${at}?to=${encodeURIComponent("?to=%3Fto%3D")}`);
    expect(told?.code ?? told?.status).toBeDefined();
    await arena.contained();
  });
});
