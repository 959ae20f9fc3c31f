import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { bytes, raw, serve } from "../test/server.ts";

const HTML = { accept: "text/html,*/*;q=0.8" };

function built(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "fieldwork-panel-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const panel = () =>
  built({
    "index.html": "<!doctype html><title>panel</title>",
    "diagram/index.html": "<!doctype html><title>diagram</title>",
    "assets/main-abc.js": "import 'x'; // long enough",
    "assets/main-abc.js.br": brotliCompressSync("import 'x'; // long enough"),
    ".source": "secret stamp",
    "notes.exe": "no such type",
  });

test("the panel's page answers at every address a browser may open, and at none that programs use", async () => {
  const { server } = await serve(undefined, { panel: panel() });
  for (const path of ["/", "/chat/field/s1", "/journal?kind=turn.*", "/settings", "/tools/calc.evaluate"]) {
    const { status, body, headers } = await raw(server.url + path, HTML);
    expect([status, body], path).toEqual([200, "<!doctype html><title>panel</title>"]);
    expect(headers["cache-control"]).toBe("no-cache");
  }
  for (const path of ["/api/nothing", "/api", "/v1/models", "/metrics"])
    expect((await raw(server.url + path, HTML)).status, path).toBe(401);
  expect((await raw(`${server.url}/chat`, { accept: "application/json" })).status).toBe(401);
});

test("a page's own document is answered at its addresses, and index.html at those of pages that have none", async () => {
  const { server } = await serve(undefined, {
    panel: built({ "index.html": "any page", "pages/mind.html": "the mind's page" }),
  });
  for (const [path, document] of [
    ["/mind", "the mind's page"],
    ["/mind/field/graph?limit=9", "the mind's page"],
    ["/", "any page"],
    ["/minds", "any page"],
    ["/constructor", "any page"],
  ] as const) {
    const { status, body, headers } = await raw(server.url + path, HTML);
    expect([status, body, headers["cache-control"]], path).toEqual([200, document, "no-cache"]);
  }
  expect((await raw(`${server.url}/mind`, { accept: "application/json" })).status).toBe(401);
});

test("a link from another site opens the page, which holds nothing", async () => {
  const { server } = await serve(undefined, { panel: panel() });
  const link = { ...HTML, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
  expect((await raw(`${server.url}/chat`, link)).status).toBe(200);
  expect((await raw(`${server.url}/`, { ...HTML, host: "evil.example" })).status).toBe(403);
});

test("hashed files are kept for ever and sent compressed to those who can read it", async () => {
  const { server } = await serve(undefined, { panel: panel() });
  const plain = await raw(`${server.url}/assets/main-abc.js`, {});
  expect([plain.status, plain.body]).toEqual([200, "import 'x'; // long enough"]);
  expect(plain.headers["cache-control"]).toMatch(/immutable/);
  expect(plain.headers["content-type"]).toBe("text/javascript; charset=utf-8");
  const small = await raw(`${server.url}/assets/main-abc.js`, { "accept-encoding": "gzip, br" });
  expect(small.headers["content-encoding"]).toBe("br");
  const head = await raw(`${server.url}/assets/main-abc.js`, {}, "HEAD");
  expect([head.status, head.body, head.headers["content-length"]]).toEqual([200, "", "26"]);
});

test("nothing outside the built files can be reached", async () => {
  const folder = panel();
  symlinkSync("/etc/passwd", join(folder, "assets", "link.js"));
  const { server } = await serve(undefined, { panel: folder });
  for (const path of [
    "/.source",
    "/notes.exe",
    "/assets/link.js",
    "/assets/../.source",
    "/assets/..%2f.source",
    "/assets/%2e%2e/%2e%2e/etc/passwd",
    "/assets/main-abc.js.br",
    "/assets/",
    "//etc/passwd",
  ])
    expect(
      await bytes(server.port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
      path,
    ).toMatch(/^HTTP\/1\.1 4\d\d /);
});

test("only the page of diagrams may be framed, and only by the panel", async () => {
  const { server } = await serve(undefined, { panel: panel() });
  const { body, headers } = await raw(`${server.url}/diagram`, HTML);
  expect(body).toContain("diagram");
  expect(headers["x-frame-options"]).toBe("SAMEORIGIN");
  const policy = headers["content-security-policy"];
  expect(policy).toContain("frame-ancestors 'self'");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("connect-src");
  expect((await raw(`${server.url}/chat`, HTML)).headers["x-frame-options"]).toBe("DENY");
});

test("without a built panel the address says how to build it", async () => {
  const { server } = await serve();
  expect((await raw(`${server.url}/`, HTML)).body).toContain("./start.sh");
  expect((await raw(`${server.url}/chat`, HTML)).status).toBe(401);
});
