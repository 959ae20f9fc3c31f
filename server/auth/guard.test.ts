import { describe, expect, test } from "vitest";
import { bytes, raw, serve, TOKEN } from "../test/server.ts";

const token = { authorization: `Bearer ${TOKEN}` };

describe("without the token", () => {
  test.each([
    "/api",
    "/api/nothing",
    "/favicon.ico",
    "//healthz",
    "/healthz/",
    "/%61pi/agents",
    "/api/agents/../../healthz/.",
  ])("%j tells a stranger nothing, not even that it does not exist", async (path) => {
    const { server } = await serve();
    const line = (method: string) =>
      `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
    for (const method of ["POST", "GET", "OPTIONS"])
      expect(await bytes(server.port, line(method)), method).toMatch(/^HTTP\/1\.1 401 /);
  });

  test.each([
    "Bearer ",
    "Bearer x",
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(0, -1)}`,
    `Basic ${TOKEN}`,
    TOKEN,
    `Bearer ${TOKEN} ${TOKEN}`,
  ])("%j is no token", async (authorization) => {
    const { server } = await serve();
    expect((await fetch(`${server.url}/api/agents`, { headers: { authorization } })).status).toBe(401);
  });
});

describe("the Host header", () => {
  test.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "[::2]",
    "10.0.0.1",
    "10.127.0.1",
    "a b",
  ])("%j is refused, on open routes and with a good token", async (host) => {
    const { server, calls } = await serve();
    for (const path of ["/", "/healthz", "/api/agents"])
      expect((await raw(server.url + path, { ...token, host })).status, path).toBeOneOf([400, 403]);
    expect(calls).toEqual([]);
  });

  test.each(["localhost", "LOCALHOST:1", "127.0.0.1", "127.8.9.1:80", "[::1]:5", "fieldwork.localhost"])(
    "%j is this machine",
    async (host) => {
      const { server } = await serve();
      expect((await raw(`${server.url}/healthz`, { host })).status).toBe(200);
    },
  );

  test("of a server bound to every address may be any address, but no name", async () => {
    const { server } = await serve(undefined, { host: "0.0.0.0" });
    const url = `http://127.0.0.1:${server.port}/healthz`;
    expect((await raw(url, { host: "192.168.1.7:1987" })).status).toBe(200);
    expect((await raw(url, { host: "evil.example" })).status).toBe(403);
  });
});

test("a request without a Host is refused", async () => {
  const { server } = await serve();
  expect(await bytes(server.port, "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n")).toMatch(/ 400 /);
  expect(await bytes(server.port, "GET /healthz HTTP/1.0\r\n\r\n")).toMatch(/ 40[03] /);
});

describe("what a page of another site sends", () => {
  test.each([
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:3000" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("%j is refused even with a good token", async (headers) => {
    const { server, calls } = await serve();
    expect((await raw(`${server.url}/api/agents`, { ...token, ...headers } as never)).status).toBe(403);
    expect(calls).toEqual([]);
  });

  test("is told from the server's own page and from an address typed in", async () => {
    const { server } = await serve();
    const own = { ...token, origin: server.url, "sec-fetch-site": "same-origin" };
    expect((await raw(`${server.url}/api/agents`, own)).status).toBe(200);
    expect((await raw(`${server.url}/`, { "sec-fetch-site": "none" })).status).toBe(200);
  });
});

test("every response carries the security headers, errors too", async () => {
  const { server } = await serve();
  for (const path of ["/", "/healthz", "/nothing"]) {
    const { headers } = await fetch(server.url + path);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy, path).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self' 'sha256-[\w+/=]+';/,
    );
    expect(policy, path).not.toMatch(/unsafe|https?:|\*/);
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(headers.get("x-frame-options"), path).toBe("DENY");
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("cache-control"), path).toBe("no-store");
    expect(headers.get("access-control-allow-origin"), path).toBeNull();
  }
});
