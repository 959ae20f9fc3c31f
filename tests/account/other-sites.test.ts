import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { ROUTES } from "../../server/index.ts";
import { type Browser, type House, openStream, PASSWORD, send, startHouse } from "./support.ts";

interface SignedIn {
  readonly house: House;
  readonly ann: Browser;
  readonly port: number;
  readonly cookie: string;
  readonly host: string;
}

async function signedIn(): Promise<SignedIn> {
  const house = await startHouse();
  const ann = house.browser();
  await ann.setUp();
  const { port } = house.server;
  const cookie = [...ann.cookies].map(([key, value]) => `${key}=${value}`).join("; ");
  return { house, ann, port, cookie, host: `127.0.0.1:${port}` };
}

/** What answers without being told who asks. */
const OPEN = [
  "GET /healthz",
  "GET /readyz",
  "GET /api/account",
  "POST /api/account/setup",
  "POST /api/account/login",
  "POST /api/account/login/passkey/options",
  "POST /api/account/login/passkey",
];

test("no route but those that must answers without a session or token; with a session every one does", async () => {
  const { port, host, ann } = await signedIn();
  const found: string[] = [];
  for (const { method, path } of ROUTES) {
    const answer = await send(port, method, path.replace(/\{\w+\}/g, "nothing"), undefined, { host });
    if (answer.status !== 401 || answer.error.message === "The passkey was not accepted.")
      found.push(`${method} ${path}`);
  }
  expect(found.sort()).toEqual([...OPEN].sort());
  const quiet = ROUTES.filter(({ path }) => !/stop|logout|events/.test(path));
  for (const { method, path } of quiet) {
    const { status } = await ann.ask(method, path.replace(/\{\w+\}/g, "nothing"));
    expect([path, status === 401 && !path.includes("login")]).toEqual([path, false]);
  }
});

describe("with the owner's cookie, sent along by the browser", () => {
  const sender =
    ({ port, host, cookie }: SignedIn) =>
    (headers: Record<string, string>, method = "POST", path = "/api/call") =>
      send(port, method, path, method === "POST" ? { cap: "time.now" } : undefined, {
        host,
        cookie,
        ...headers,
      });

  test("the own page uploads a file of any type as a body that no form can send", async () => {
    const { port, host, cookie } = await signedIn();
    const upload = (path: string, type: string) =>
      send(
        port,
        "POST",
        path,
        { words: `sent to ${path}` },
        { host, cookie, origin: `http://${host}`, "content-type": type },
      );
    for (const type of ["text/plain", "text/csv"])
      expect(
        await upload(`/api/blobs?type=${encodeURIComponent(type)}`, "application/octet-stream"),
      ).toMatchObject({ status: 200, result: { type } });
    expect((await upload("/api/blobs", "text/plain")).status).toBe(403);
  });

  test("a page of another site, of another port or of no origin changes nothing", async () => {
    const it = await signedIn();
    const act = sender(it);
    const { house } = it;
    const own = `http://${it.host}`;
    expect((await act({ origin: own })).status).toBe(200);
    expect((await act({ "sec-fetch-site": "same-origin" })).status).toBe(200);
    const before = house.events("capability.called").length;
    for (const headers of [
      { origin: "https://evil.example" },
      { origin: "http://localhost:3000" },
      { origin: `http://127.0.0.1:${it.port + 1}` },
      { origin: "null" },
      { origin: own, "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "none" },
      {},
    ] as Record<string, string>[]) {
      expect([headers, (await act(headers)).status]).toEqual([headers, 403]);
      expect([headers, (await act(headers, "DELETE", "/api/agents/field")).status]).toEqual([headers, 403]);
    }
    expect(house.events("capability.called")).toHaveLength(before);
  });

  test("a form, which any page can send, is not believed even where the origin seems right", async () => {
    const it = await signedIn();
    const act = sender(it);
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "",
    ])
      expect([type, (await act({ origin: `http://${it.host}`, "content-type": type })).status]).toEqual([
        type,
        403,
      ]);
  });

  test("a page of another site reads nothing either, and opens no event stream", async () => {
    const it = await signedIn();
    const act = sender(it);
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
    ] as Record<string, string>[]) {
      expect((await act(headers, "GET", "/api/agents")).status).toBe(403);
      expect(await openStream(it.port, { cookie: it.cookie, ...headers }).begun).toBe(403);
    }
    const { headers } = await act({ "sec-fetch-site": "same-origin" }, "GET", "/api/agents");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
  });

  test("a name that an attacker points at this machine gets nothing", async () => {
    const it = await signedIn();
    const act = sender(it);
    for (const name of ["evil.example", `evil.example:${it.port}`, "127.0.0.1.evil.example"]) {
      const headers = { host: name, origin: `http://${name}`, "sec-fetch-site": "same-origin" };
      for (const [method, path] of [
        ["GET", "/api/account"],
        ["GET", "/api/agents"],
        ["POST", "/api/call"],
      ] as const)
        expect([name, path, (await act(headers, method, path)).status]).toEqual([name, path, 403]);
    }
  });

  test("no page may frame any answer", async () => {
    const it = await signedIn();
    const act = sender(it);
    for (const path of ["/", "/api/account", "/api/agents", "/nothing"]) {
      const { headers } = await act({ "sec-fetch-site": "same-origin" }, "GET", path);
      expect(headers["content-security-policy"], path).toContain("frame-ancestors 'none'");
      expect(headers["x-frame-options"], path).toBe("DENY");
    }
  });

  test("a WebSocket is refused with an answer, from the own page and from another", async () => {
    const it = await signedIn();
    const upgrade = (origin: string, path: string) =>
      new Promise<string>((resolve, reject) => {
        let text = "";
        const socket = connect(it.port, "127.0.0.1", () =>
          socket.write(
            `GET ${path} HTTP/1.1\r\nHost: ${it.host}\r\nOrigin: ${origin}\r\nCookie: ${it.cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
          ),
        );
        socket.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
          if (text.includes("}}")) socket.destroy();
        });
        socket.once("close", () => resolve(text)).once("error", reject);
      });
    for (const path of ["/", "/api/events", "/api/agents"]) {
      expect(await upgrade("https://evil.example", path)).toMatch(/^HTTP\/1\.1 403 /);
      expect(await upgrade(`http://${it.host}`, path)).toMatch(/^HTTP\/1\.1 400 [\s\S]*no WebSocket/);
    }
  });
});

test("another site cannot sign the browser in, not even to an account it knows", async () => {
  const { port, host } = await signedIn();
  for (const headers of [
    { origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site" },
    { origin: `http://${host}`, "content-type": "text/plain" },
  ] as Record<string, string>[]) {
    const answer = await send(
      port,
      "POST",
      "/api/account/login",
      { password: PASSWORD },
      { host, ...headers },
    );
    expect([headers, answer.ok, answer.headers["set-cookie"]]).toEqual([headers, false, undefined]);
  }
});
