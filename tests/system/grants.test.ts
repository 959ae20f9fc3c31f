import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addModule, type System, startSystem, until } from "../support/system.ts";
import { ask, command, events, exposes, refused, source } from "./agents.ts";

let system: System;
let web: Server;
let base: string;
/** Paths asked for, and connections that were cut before they were answered. */
const asked: string[] = [];
const cut: string[] = [];

beforeAll(async () => {
  system = await startSystem();
  web = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    response.on("close", () => response.writableFinished || cut.push(path));
    if (!path.startsWith("/slow")) response.end(`page ${path}`);
  });
  await new Promise<void>((go) => web.listen(0, "127.0.0.1", go));
  base = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
});
afterAll(async () => {
  web?.closeAllConnections();
  web?.close();
  await system?.end();
});

const fetcher = source({
  get: "return (await host.http.fetch(args.url)).body;",
  list: "return (await host.fs.list(args.path)).entries.length;",
});
const give = (module: string, grant: string) => system.result("grant.give", { module, grant });
const take = (module: string, grant: string) => system.result("grant.take", { module, grant });

describe("a grant that is taken", () => {
  test("stops the fetch under way, denies the next call by the grant's name, and works again when given again", async () => {
    const grant = `http.fetch:${base}/`;
    await addModule(
      system,
      "fetcher",
      { "agent.ts": fetcher },
      { ...exposes("get"), capabilities_required: [grant] },
    );
    expect(await ask(system, "fetcher", "get", { url: `${base}/first` })).toBe("page /first");
    const waiting = refused(system, "module.invoke", {
      id: "fetcher",
      function: "get",
      args: { url: `${base}/slow` },
    });
    await until("the fetch is under way", () => asked.includes("/slow"));
    expect((await command(system, ["grant", "take", "fetcher", grant])).code).toBe(0);
    expect(await waiting).toMatchObject({ code: "denied", message: expect.stringContaining("http.fetch") });
    await until("the connection is cut", () => cut.includes("/slow"));
    const error = await refused(system, "module.invoke", {
      id: "fetcher",
      function: "get",
      args: { url: `${base}/second` },
    });
    expect(error).toMatchObject({ code: "denied", details: { missing_grant: `http.fetch:${base}/second` } });
    expect(asked).not.toContain("/second");
    expect((await command(system, ["grant", "give", "fetcher", grant])).code).toBe(0);
    expect(await ask(system, "fetcher", "get", { url: `${base}/third` })).toBe("page /third");
    expect((await events(system, "grant.*")).map((one) => [one.kind, one.subject])).toEqual([
      ["grant.taken", "fetcher"],
      ["grant.given", "fetcher"],
    ]);
  });

  test("stops the request to another module under way, and the other module's work with it", async () => {
    await addModule(
      system,
      "sleeper",
      {
        "agent.ts": source({
          nap: "await host.store.kv.set('began', true); await new Promise((go) => setTimeout(go, 60000));",
          began: "return (await host.store.kv.get('began')) ?? false;",
        }),
      },
      exposes("nap", "began"),
    );
    await addModule(
      system,
      "caller",
      { "agent.ts": source({ go: "return await host.bus.request('sleeper', 'nap', {});" }) },
      { ...exposes("go"), capabilities_required: ["bus.request:sleeper"] },
    );
    const waiting = refused(system, "module.invoke", { id: "caller", function: "go" });
    await until("it naps", async () => ask<boolean>(system, "sleeper", "began"));
    await take("caller", "bus.request:sleeper");
    expect(await waiting).toMatchObject({ code: "denied", message: expect.stringContaining("bus.request") });
    await until("the nap is over", async () =>
      (await events(system, "module.called", "sleeper")).some(
        (one) => one.subject === "nap" && one.data.code === "cancelled",
      ),
    );
    expect(await refused(system, "module.invoke", { id: "caller", function: "go" })).toMatchObject({
      code: "denied",
      details: { missing_grant: "bus.request:sleeper.nap" },
    });
  });

  test("leaves a call alone that another grant still covers", async () => {
    await addModule(
      system,
      "twice",
      { "agent.ts": fetcher },
      {
        ...exposes("get"),
        capabilities_required: [`http.fetch:${base}/slow/`, `http.fetch:${base}/`],
      },
    );
    const waiting = ask(system, "twice", "get", { url: `${base}/slow/both` }).catch((error) => error.error);
    await until("the fetch is under way", () => asked.includes("/slow/both"));
    await take("twice", `http.fetch:${base}/slow/`);
    expect(await ask(system, "twice", "get", { url: `${base}/beside` })).toBe("page /beside");
    expect(cut).not.toContain("/slow/both");
    await take("twice", `http.fetch:${base}/`);
    expect(await waiting).toMatchObject({ code: "denied" });
  });

  test("that is not held is an error that says so", async () => {
    expect(await refused(system, "grant.take", { module: "fetcher", grant: "exec.run:sh" })).toMatchObject({
      code: "not_found",
    });
  });
});

describe("the scope of a grant", () => {
  test("narrows what it covers, up to a boundary", async () => {
    await addModule(
      system,
      "scoped",
      { "agent.ts": fetcher },
      { ...exposes("get", "list"), capabilities_optional: [`http.fetch:${base}/a`, "fs.list:/shared/mine"] },
    );
    expect(await ask(system, "scoped", "get", { url: `${base}/a` })).toBe("page /a");
    expect(await ask(system, "scoped", "get", { url: `${base}/a/b?c=d` })).toBe("page /a/b?c=d");
    for (const [fn, args] of [
      ["get", { url: `${base}/ab` }],
      ["get", { url: `${base}/` }],
      ["get", { url: `${base}/a/../secret` }],
      ["get", { url: `${base.replace("127.0.0.1", "localhost")}/a` }],
      ["list", { path: "/shared" }],
      ["list", { path: "/shared/mine/../other" }],
      ["list", { path: "/etc" }],
    ] as const) {
      expect(
        await refused(system, "module.invoke", { id: "scoped", function: fn, args }),
        `${fn} ${JSON.stringify(args)}`,
      ).toMatchObject({ code: "denied" });
    }
    expect(asked).not.toContain("/secret");
  });

  test("given by the owner may be another than the manifest asks for", async () => {
    await addModule(
      system,
      "narrowed",
      { "agent.ts": fetcher },
      { ...exposes("get"), capabilities_required: [`http.fetch:${base}/`] },
    );
    await system.result("agent.approve", { id: "narrowed", grants: [`http.fetch:${base}/only/`] });
    expect(await ask(system, "narrowed", "get", { url: `${base}/only/this` })).toBe("page /only/this");
    expect(
      await refused(system, "module.invoke", {
        id: "narrowed",
        function: "get",
        args: { url: `${base}/more` },
      }),
    ).toMatchObject({ code: "denied" });
  });

  test("a grant for the owner's tier cannot be given at all", async () => {
    expect(await refused(system, "grant.give", { module: "scoped", grant: "grant.give" })).toMatchObject({
      code: "invalid_input",
    });
    expect(await give("scoped", "bus.send:sleeper")).toEqual({ ok: true });
  });
});
