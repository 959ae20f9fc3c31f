import type { LookupAddress } from "node:dns";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type CallContext, FieldworkError, scopeCovers } from "#contract";
import { type Connections, createConnections } from "./connection.ts";
import { type FetchArguments, fetchUrl } from "./fetch.ts";
import http from "./index.ts";

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let servers: Server[];
let connections: Connections;
let names: Record<string, (() => LookupAddress[]) | undefined>;
let scopes: string[];
let secrets: Record<string, { value: string; hosts: string[] }>;
let abort: AbortController;

beforeEach(() => {
  servers = [];
  names = {};
  scopes = [];
  secrets = {};
  abort = new AbortController();
  connections = createConnections(async (host) => {
    const answer = names[host];
    if (!answer) throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
    return answer();
  });
});
afterEach(async () => {
  connections.close();
  await Promise.all(
    servers.map((server) => {
      if ("closeAllConnections" in server)
        (server as unknown as { closeAllConnections(): void }).closeAllConnections();
      return new Promise((closed) => server.close(closed));
    }),
  );
});

/** A real server on 127.0.0.1; its address is granted literally unless told otherwise. */
async function serve(handler: Handler, granted = true): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => handler(request, response, Buffer.concat(chunks).toString()));
  });
  return listen(server, granted);
}

async function listen(server: Server, granted = true): Promise<string> {
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  if (granted) scopes.push(base);
  return base;
}

const portOf = (base: string) => new URL(base).port;
const allows = (target: string) => scopes.some((scope) => scopeCovers("url", scope, target));

function fetch(url: string, more: Partial<FetchArguments> = {}) {
  const provider = http.provides?.[0];
  const args = provider?.capability.input.parse({ url, ...more }) as FetchArguments;
  const context: Pick<CallContext, "allows" | "scopes" | "fill" | "signal"> = {
    allows,
    scopes: () => scopes,
    signal: abort.signal,
    fill: (text, host) =>
      text.replace(/\{\{secret:(\w+)\}\}/g, (_handle, name: string) => {
        const secret = secrets[name];
        if (!secret?.hosts.includes(host))
          throw new FieldworkError("denied", `no secret ${name} for ${host}`);
        return secret.value;
      }),
  };
  return fetchUrl(args, context, connections);
}

async function refused(url: string, more: Partial<FetchArguments> = {}): Promise<FieldworkError> {
  return fetch(url, more).then(
    (answer) => expect.unreachable(`answered ${JSON.stringify(answer)}`),
    (error: unknown) => {
      expect(error).toBeInstanceOf(FieldworkError);
      return error as FieldworkError;
    },
  );
}

describe("a fetch", () => {
  test("sends method, headers and body, and gives status, headers and body", async () => {
    const base = await serve((request, response, body) => {
      response.writeHead(201, { "x-seen": request.headers["x-mine"], "set-cookie": ["a=1", "b=2"] });
      response.end(`${request.method} ${request.url} ${body} ${request.headers["content-length"]}`);
    });
    const answer = await fetch(`${base}p?q=1#fragment`, {
      method: "PUT",
      headers: { "X-Mine": "1" },
      body: "ü",
    });
    expect(answer).toMatchObject({ status: 201, body: "PUT /p?q=1 ü 2", truncated: false });
    expect(answer.headers).toMatchObject({ "x-seen": "1", "set-cookie": "a=1, b=2" });
  });

  test("gives binary bodies as base64 and reads the charset the answer names", async () => {
    const base = await serve((request, response) => {
      response.setHeader("content-type", "text/plain; charset=iso-8859-1");
      response.end(request.method === "POST" ? Buffer.from([0, 255]) : Buffer.from([0xfc]));
    });
    expect((await fetch(base)).body).toBe("ü");
    const answer = await fetch(base, {
      method: "POST",
      body: "AP8=",
      body_encoding: "base64",
      response_encoding: "base64",
    });
    expect(answer.body).toBe("AP8=");
  });

  test("drops headers of the connection and refuses a Host and injected lines", async () => {
    const base = await serve((request, response) => response.end(JSON.stringify(request.headers)));
    const { body } = await fetch(base, {
      headers: { Connection: "x-a", "Transfer-Encoding": "chunked", TE: "x", "X-A": "1" },
    });
    const seen = JSON.parse(body) as Record<string, string>;
    expect(seen["x-a"]).toBe("1");
    expect([seen["transfer-encoding"], seen.te]).toEqual([undefined, undefined]);
    for (const headers of [
      { Host: "x" },
      { "x-a": "1\r\nx-b: 2" },
      { "x a": "1" },
      { "x-a": "\0" },
      { "x-a": "😀" },
    ])
      expect((await refused(base, { headers: headers as Record<string, string> })).code).toBe(
        "invalid_input",
      );
  });

  test("refuses credentials in the URL and other schemes", async () => {
    for (const url of [
      "http://u:p@example.com/",
      "ftp://example.com/",
      "file:///etc/passwd",
      "example.com",
      "data:,x",
    ])
      expect((await refused(url)).code).toBe("invalid_input");
  });

  test("cuts a body at the limit and never waits for the rest", async () => {
    const base = await serve((_request, response) => {
      response.write("x".repeat(5000));
    });
    expect(await fetch(base, { max_bytes: 10 })).toMatchObject({ body: "xxxxxxxxxx", truncated: true });
  });

  test("keeps a connection open between fetches of public addresses only", async () => {
    const ports = new Set<number | undefined>();
    const base = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end();
    });
    await fetch(base);
    await fetch(base);
    expect(ports.size).toBe(2);
  });
});

describe("compression", () => {
  const text = "hello ".repeat(1000);
  const codings = {
    gzip: gzipSync,
    deflate: deflateSync,
    "deflate (raw)": deflateRawSync,
    br: brotliCompressSync,
    zstd: zstdCompressSync,
    "gzip, br": (data: string) => brotliCompressSync(gzipSync(data)),
  };
  test.each(Object.entries(codings))("%s is undone", async (coding, compress) => {
    const base = await serve((_request, response) => {
      response.setHeader("content-encoding", coding.replace(" (raw)", ""));
      response.end(compress(text));
    });
    const answer = await fetch(base);
    expect(answer).toMatchObject({ body: text, truncated: false });
    expect(answer.headers["content-encoding"]).toBeUndefined();
  });

  test("does not turn a small answer into a large one", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const base = await serve((_request, response) => {
      response.setHeader("content-encoding", "gzip");
      response.end(bomb);
    });
    const answer = await fetch(base, { max_bytes: 1000 });
    expect([answer.body.length, answer.truncated]).toEqual([1000, true]);
  });

  test("that is broken is an error, and an empty body is empty", async () => {
    const base = await serve((request, response) => {
      response.setHeader("content-encoding", "gzip");
      response.end(request.url === "/empty" ? "" : "not gzip");
    });
    expect((await refused(base)).message).toContain("decompressed");
    expect((await fetch(`${base}empty`)).body).toBe("");
    expect((await fetch(base, { method: "HEAD" })).body).toBe("");
  });
});

describe("addresses", () => {
  test("of the own network are refused unless the scope names them", async () => {
    const base = await serve((_request, response) => response.end("INSIDE"), false);
    scopes.push("*");
    const port = portOf(base);
    names["sneaky.test"] = () => [{ address: "127.0.0.1", family: 4 }];
    for (const host of [
      "127.0.0.1",
      "2130706433",
      "0x7f.1",
      "127.1",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "0.0.0.0",
      "169.254.169.254",
      "10.0.0.1",
      "sneaky.test",
    ])
      expect((await refused(`http://${host}:${port}/`)).code, host).toBe("denied");
    scopes.push(base);
    expect((await fetch(base)).body).toBe("INSIDE");
  });

  test("are checked in the very lookup that is connected to, so a name that changes its answer gains nothing", async () => {
    const base = await serve((_request, response) => response.end("INSIDE"), false);
    let asked = 0;
    names["rebind.test"] = () => [{ address: asked++ % 2 === 0 ? "192.0.2.1" : "127.0.0.1", family: 4 }];
    scopes.push("*", `http://rebind.test:${portOf(base)}/`);
    for (let i = 0; i < 4; i++)
      expect((await refused(`http://rebind.test:${portOf(base)}/`)).code).toBe("denied");
    expect(asked).toBe(4);
  });

  test("of a name are taken apart: the admitted ones are used, the others left out", async () => {
    const base = await serve((_request, response) => response.end("ok"), false);
    const url = `http://localhost:${portOf(base)}/`;
    names.localhost = () => [
      { address: "10.255.255.1", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ];
    scopes.push(url);
    expect((await fetch(url)).body).toBe("ok");
  });
});

describe("a redirect", () => {
  const redirecting = (status: number, to: () => string) =>
    serve((request, response, body) => {
      if (request.url === "/end")
        return response.end(`${request.method} ${body} ${JSON.stringify(request.headers)}`);
      response.writeHead(status, { location: to() });
      response.end();
    });

  test.each([
    [301, "POST", "GET"],
    [302, "POST", "GET"],
    [303, "PUT", "GET"],
    [302, "PUT", "PUT"],
    [307, "POST", "POST"],
    [308, "POST", "POST"],
    [303, "HEAD", "HEAD"],
  ])("of status %i turns %s into %s", async (status, method, expected) => {
    const base = await redirecting(status, () => "/end");
    const more = method === "HEAD" ? {} : { body: "b", headers: { "content-type": "text/x" } };
    const { body } = await fetch(base, { method, ...more });
    if (method !== "HEAD")
      expect(body.startsWith(expected === "GET" ? "GET  {" : `${expected} b {`)).toBe(true);
    expect(body.includes("text/x")).toBe(method !== "HEAD" && expected !== "GET");
  });

  test("is checked against the grants and the address again", async () => {
    const inside = await serve((_request, response) => response.end("INSIDE"), false);
    let to = inside;
    const base = await redirecting(302, () => to);
    expect(await refused(base)).toMatchObject({ code: "denied", details: { target: inside } });
    names["sneaky.test"] = () => [{ address: "127.0.0.1", family: 4 }];
    scopes.push("*");
    expect((await refused(base)).message).toContain("public internet");
    to = `http://sneaky.test:${portOf(inside)}/`;
    expect((await refused(base)).message).toContain("public internet");
    to = "file:///etc/passwd";
    expect((await refused(base)).code).toBe("invalid_input");
  });

  test("to another origin carries no credentials, to the same one it does", async () => {
    const other = await serve((request, response) => response.end(JSON.stringify(request.headers)));
    let to = `${other}x`;
    const base = await redirecting(307, () => to);
    const headers = { Authorization: "Bearer a", Cookie: "b=c", "X-Kept": "1" };
    const seen = JSON.parse((await fetch(base, { headers })).body) as Record<string, string>;
    expect([seen.authorization, seen.cookie, seen["x-kept"]]).toEqual([undefined, undefined, "1"]);
    to = "/end";
    expect((await fetch(base, { headers })).body).toContain("Bearer a");
  });

  test("that goes round ends after ten", async () => {
    const base = await redirecting(302, () => "/again");
    expect((await refused(base)).message).toContain("more than 10 times");
  });
});

describe("secrets", () => {
  test("are filled into headers and taken out of whatever comes back, however it is written", async () => {
    const value = 's3cr"t/value+1';
    secrets.key = { value, hosts: ["127.0.0.1"] };
    const base = await serve((request, response) => {
      const seen = String(request.headers["x-key"]);
      response.setHeader("x-echo", seen);
      response.end(
        `${seen} ${JSON.stringify(seen)} ${encodeURIComponent(seen)} ${btoa(seen)} ${btoa("other")}`,
      );
    });
    const answer = await fetch(base, { headers: { "x-key": "{{secret:key}}" } });
    const handle = "{{secret:key}}";
    expect(answer.body).toBe(`${handle} "${handle}" ${handle} ${handle} ${btoa("other")}`);
    expect(answer.headers["x-echo"]).toBe(handle);
    const cut = await fetch(base, { headers: { "x-key": "{{secret:key}}" }, max_bytes: 5 });
    expect(cut.body).toBe("{{sec");
    const raw = await fetch(base, { headers: { "x-key": "{{secret:key}}" }, response_encoding: "base64" });
    expect(atob(raw.body)).not.toContain(value);
  });

  test("are refused for a host they are not for, and left out after a redirect to one", async () => {
    secrets.key = { value: "s3cret", hosts: ["elsewhere.test"] };
    const base = await serve((request, response) => response.end(String(request.headers["x-key"])));
    expect((await refused(base, { headers: { "x-key": "{{secret:key}}" } })).code).toBe("denied");
    secrets.key.hosts = ["127.0.0.1"];
    names.localhost = () => [{ address: "127.0.0.1", family: 4 }];
    const to = `http://localhost:${portOf(base)}/`;
    scopes.push(to);
    const first = await serve((_request, response) => response.writeHead(307, { location: to }).end());
    expect((await fetch(first, { headers: { "x-key": "{{secret:key}}" } })).body).toBe("undefined");
    secrets.key.hosts.push("localhost");
    expect((await fetch(first, { headers: { "x-key": "{{secret:key}}" } })).body).toBe("{{secret:key}}");
  });

  test("that hold a line break are refused without being shown", async () => {
    secrets.key = { value: "a\r\nx-b: 1", hosts: ["127.0.0.1"] };
    const base = await serve((_request, response) => response.end());
    const error = await refused(base, { headers: { "x-key": "{{secret:key}}" } });
    expect(error.code).toBe("invalid_input");
    expect(JSON.stringify([error.message, error.details])).not.toContain("x-b");
  });
});

describe("a failure", () => {
  test("to connect or to find the name is plain `unavailable`", async () => {
    const base = await serve(() => undefined);
    await new Promise((closed) => servers.pop()?.close(closed));
    expect(await refused(base, { method: "POST" })).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("nothing accepts connections"),
    });
    scopes.push("*");
    expect((await refused("http://nowhere.test/")).code).toBe("unavailable");
  });

  test("after a POST was sent is `outcome_unknown`, after a GET it is not", async () => {
    const base = await listen(createTcpServer((socket) => socket.once("data", () => socket.destroy())));
    expect((await refused(base, { method: "POST", body: "x" })).code).toBe("outcome_unknown");
    expect((await refused(base, { method: "PATCH" })).code).toBe("outcome_unknown");
    expect((await refused(base)).code).toBe("unavailable");
    expect((await refused(base, { method: "PUT", body: "x" })).code).toBe("unavailable");
  });

  test("by time is a timeout, wherever the server stops", async () => {
    const silent = await serve(() => undefined);
    const halfway = await serve((_request, response) => response.write("x"));
    for (const base of [silent, halfway]) {
      expect((await refused(base, { timeout_ms: 100 })).code).toBe("timeout");
      expect((await refused(base, { timeout_ms: 100, method: "POST" })).code).toBe("outcome_unknown");
    }
  });

  test("by the caller's stop is `cancelled`, at once", async () => {
    const base = await serve(() => undefined);
    setTimeout(() => abort.abort(), 50);
    const started = performance.now();
    expect((await refused(base)).code).toBe("cancelled");
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  test("of an answer that is no HTTP, or has headers without end, is an error", async () => {
    const garbage = await listen(createTcpServer((socket) => socket.resume().end("hello\r\n\r\n")));
    expect((await refused(garbage)).message).toContain("not HTTP");
    const endless = await serve((_request, response) =>
      response.writeHead(200, { x: "x".repeat(100_000) }).end(),
    );
    expect((await refused(endless)).code).toBe("unavailable");
  });
});
