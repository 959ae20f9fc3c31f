import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Arena, homeHolds, openArena } from "./arena.ts";
import { type Attack, script } from "./attack.ts";
import { guest } from "./wat.ts";

const SECRET = "tr0ub4dor-and-3-values";
const MASTER = "5a".repeat(32);
const HANDLE = "{{secret:api-key}}";

const asks = (id: string, capabilities: readonly string[]): Attack => ({
  id,
  attempt: "asking for secrets",
  files: script(
    `const told = [];
    for (const [cap, arguments_] of args.calls) {
      try { told.push({ ok: true, result: await host.call(cap, arguments_) }); }
      catch (error) { told.push({ ok: false, ...tell(error) }); }
    }
    return told;`,
  ),
  manifest: { capabilities_required: [...capabilities] },
  ends: ["reply"],
});

/** Prints all of its environment. */
const environment: Attack = {
  id: "reads-environment",
  attempt: "reading the environment",
  files: guest({
    imports: '(import "wasi_snapshot_preview1" "environ_get" (func $environ (param i32 i32) (result i32)))',
    run: `(memory.fill (i32.const 4096) (i32.const 32) (i32.const 32768))
      (drop (call $environ (i32.const 2048) (i32.const 4096)))
      (call $write (i32.const 1) (i32.const 4096) (i32.const 32768))`,
    pages: 2,
  }),
  ends: ["reply"],
};

let echo: Server;
let port: number;
let arena: Arena;
/** What the server that is allowed to have the secret was sent. */
const received: string[] = [];

interface Told {
  readonly ok: boolean;
  readonly code?: string;
  readonly message?: string;
  readonly result?: { readonly body?: string; readonly handle?: string; readonly headers?: object };
}
const ask = (id: string, ...calls: readonly (readonly [string, unknown])[]): Promise<Told[]> =>
  arena.reply<Told[]>(id, { calls } as never);

/** The secret is nowhere: not in the home, not in what the server printed. */
function expectNowhere(): void {
  for (const form of [SECRET, Buffer.from(SECRET).toString("base64"), encodeURIComponent(SECRET)]) {
    expect(homeHolds(arena.system.home, form)).toEqual([]);
    expect(arena.system.output()).not.toContain(form);
  }
}

beforeAll(async () => {
  echo = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://x");
    const key = String(request.headers["x-key"] ?? "");
    received.push(`${url.pathname} ${key}`);
    const to = url.searchParams.get("to");
    if (to !== null) {
      response.writeHead(307, { location: to }).end();
      return;
    }
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const forms = [
        key,
        encodeURIComponent(key),
        Buffer.from(key).toString("base64"),
        JSON.stringify({ key }),
      ];
      response.writeHead(200, { "x-echo": key, "set-cookie": `k=${key}` });
      response.end(JSON.stringify({ forms, body, url: request.url }));
    });
  });
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  port = (echo.address() as { port: number }).port;
  const door = `http.fetch:http://127.0.0.1:${port}/`;
  arena = await openArena(
    [
      asks("trusted", [
        door,
        `http.fetch:http://localhost:${port}/`,
        "secret.use:api-key@127.0.0.1",
        "exec.run:env",
      ]),
      asks("untrusted", [door, "secret.use:other-*"]),
      environment,
    ],
    { env: { FIELDWORK_KEY: MASTER, OPENAI_API_KEY: SECRET } },
  );
  await arena.system.result("secret.set", { name: "api-key", value: SECRET, hosts: ["127.0.0.1"] });
});
afterAll(async () => {
  await arena.end();
  echo.close();
});

describe("a secret goes to the host it is for and nowhere else:", () => {
  test("the one who may use it gets a handle; what the host sends back has the handle in its place", async () => {
    const url = `http://127.0.0.1:${port}/in`;
    const [use, fetched] = await ask(
      "trusted",
      ["secret.use", { name: "api-key" }],
      ["http.fetch", { url, headers: { "x-key": HANDLE } }],
    );
    expect(use?.result?.handle).toBe(HANDLE);
    expect(received).toContain(`/in ${SECRET}`);
    expect(fetched?.ok).toBe(true);
    const text = JSON.stringify(fetched);
    for (const form of [SECRET, encodeURIComponent(SECRET), Buffer.from(SECRET).toString("base64")])
      expect(text).not.toContain(form);
    expect(fetched?.result?.body).toContain(HANDLE);
    expectNowhere();
    await arena.contained();
  });

  test("it is filled in nowhere but in a header", async () => {
    const url = `http://127.0.0.1:${port}/elsewhere`;
    const told = await ask(
      "trusted",
      ["http.fetch", { url: `${url}?key=${HANDLE}` }],
      ["http.fetch", { url, method: "POST", body: HANDLE }],
      ["store.kv.set", { k: "handle", v: HANDLE }],
      ["store.kv.get", { k: "handle" }],
      ["fs.write", { path: "handle.txt", content: HANDLE }],
      ["fs.read", { path: "handle.txt" }],
      ["log", { text: HANDLE }],
    );
    expect(JSON.stringify(told)).not.toContain(SECRET);
    expect(received.filter((line) => line.startsWith("/elsewhere")).join()).not.toContain(SECRET);
    expectNowhere();
    await arena.contained();
  });

  test("another host does not get it, neither asked directly nor by a redirect", async () => {
    received.length = 0;
    const headers = { "x-key": HANDLE };
    const other = `http://localhost:${port}/other`;
    const [direct, redirected] = await ask(
      "trusted",
      ["http.fetch", { url: other, headers }],
      ["http.fetch", { url: `http://127.0.0.1:${port}/in?to=${encodeURIComponent(other)}`, headers }],
    );
    expect(direct).toMatchObject({ ok: false, code: "denied" });
    expect(direct?.message).toMatch(/secret\.use:api-key@localhost/);
    expect(JSON.stringify(redirected)).not.toContain(SECRET);
    expect(received.filter((line) => line.startsWith("/other") && line.includes(SECRET))).toEqual([]);
    expectNowhere();
    await arena.contained();
  });

  test("knowing the handle is not having the secret", async () => {
    received.length = 0;
    const url = `http://127.0.0.1:${port}/thief`;
    const told = await ask(
      "untrusted",
      ["secret.use", { name: "api-key" }],
      ["http.fetch", { url, headers: { "x-key": HANDLE } }],
      ["http.fetch", { url, headers: { "x-key": "{{secret:api-key}}{{secret:other-1}}" } }],
      ["flowork.fetch", { url, headers: { "x-key": HANDLE } }],
      ["batch", { calls: [{ cap: "http.fetch", args: { url, headers: { "x-key": HANDLE } } }] }],
      ["secret.list", {}],
      ["secret.rotate", {}],
    );
    expect(told.map(({ ok, code }) => (ok ? "ok" : code))).toEqual([
      "denied",
      "denied",
      "denied",
      "denied",
      "ok",
      "denied",
      "denied",
    ]);
    expect(JSON.stringify(told[4])).toContain('"code":"denied"');
    expect(received).toEqual([]);
    expectNowhere();
    await arena.contained();
  });

  test("names that look like a way around are refused", async () => {
    for (const name of [
      "api-key@127.0.0.1",
      "*",
      "api-key\u0000",
      "../api-key",
      "api\u2010key",
      "API-KEY",
      "api-key ",
    ]) {
      const [told] = await ask("untrusted", ["secret.use", { name }]);
      expect(["denied", "invalid_input", "not_found"], `${name}: ${JSON.stringify(told)}`).toContain(
        told?.code,
      );
    }
    await arena.contained();
  });

  test("a program's output has the handle in its place, and its environment nothing of the server's", async () => {
    const [told] = await ask("trusted", ["exec.run", { program: "env", env: { KEY: HANDLE } }]);
    const text = JSON.stringify(told);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(MASTER);
    expect(text).not.toMatch(/FIELDWORK_|OPENAI/);
    expectNowhere();
    await arena.contained();
  });

  test("a guest's environment has nothing of the server's", async () => {
    const text = JSON.stringify(await arena.reply(environment.id));
    expect(text).toContain("FIELDWORK_MODULE=reads-environment");
    for (const hidden of [SECRET, MASTER, arena.system.token, arena.system.home, "FIELDWORK_KEY", "OPENAI"])
      expect(text).not.toContain(hidden);
    await arena.contained();
  });

  test("no file with keys opens to a module, and no key lies about in the clear", async () => {
    const { home } = arena.system;
    const paths = [
      "master.key",
      "seal.key",
      "fieldwork.db",
      "fieldwork.db-wal",
      "journal.db",
      "run/token",
      "run/server.json",
    ];
    const told = await ask(
      "trusted",
      ...paths.map((path) => ["fs.read", { path: `${home}/${path}` }] as const),
    );
    for (const one of told) expect(["denied", "not_found"], JSON.stringify(one)).toContain(one.code);
    await arena.system.result("grant.give", { module: "trusted", grant: "fs.read:/**" });
    await arena.system.result("grant.give", { module: "trusted", grant: "fs.read:*" });
    const again = await ask(
      "trusted",
      ...paths.map((path) => ["fs.read", { path: `${home}/${path}` }] as const),
    );
    for (const one of again) {
      expect(one.code, JSON.stringify(one)).toBe("denied");
      expect(one.message).toMatch(/closed to every module/);
    }
    const [environ] = await ask("trusted", ["fs.read", { path: `/proc/${arena.system.pid}/environ` }]);
    expect(environ?.code).toBe("denied");
    await arena.system.result("grant.take", { module: "trusted", grant: "fs.read:/**" });
    await arena.system.result("grant.take", { module: "trusted", grant: "fs.read:*" });
    expectNowhere();
    await arena.contained();
  });

  test("an exported pack takes no secret along", async () => {
    const { path } = await arena.system.result<{ path: string }>("agent.export", { id: "trusted" });
    const files = unzipSync(readFileSync(path));
    expect(Object.keys(files).sort()).toEqual(expect.arrayContaining([expect.stringMatching(/agent\.ts$/)]));
    for (const [name, content] of Object.entries(files)) {
      expect(name).not.toMatch(/state\.db|workspace\/./);
      expect(Buffer.from(content).includes(SECRET)).toBe(false);
    }
  });
});
