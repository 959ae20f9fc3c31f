import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../support/system.ts";
import { type Arena, HEALTHY_SCRIPT, openArena } from "./arena.ts";
import { type Attack, script } from "./attack.ts";
import { guest } from "./wat.ts";

const VICTIM = "victim";
const victim: Attack = {
  id: VICTIM,
  attempt: "none: it is the one to be impersonated",
  files: {
    "agent.ts": `import { agent } from "fieldwork";
export default agent({
  onMessage: (message) => JSON.stringify(message.source),
  handle: (request) => request,
  rpc: { attack: { async run(_, host) { await host.store.kv.set("diary", "dear diary"); return "kept"; } } },
});`,
  },
  manifest: {
    exposes_rpc: [
      { name: "attack", description: "keeps something private", input_schema: {} },
      { name: "handle_message", description: "a name the host calls too", input_schema: {} },
    ],
  },
  ends: ["reply"],
};

/** Asks for everything in turn and tells what it was answered. */
const asksAll: Attack = {
  id: "impostor",
  attempt: "whatever can be tried in somebody else's name",
  files: script(
    `const told = [];
    for (const [cap, arguments_] of args.calls) {
      try { told.push({ ok: true, result: await host.call(cap, arguments_) }); }
      catch (error) { told.push({ ok: false, ...tell(error) }); }
    }
    return told;`,
  ),
  ends: ["reply"],
};

/** A Flowork guest that fetches what stands in its arguments, and prints the answer. */
const fetches = (id: string, request: object, capabilities: readonly string[]): Attack => {
  const text = JSON.stringify(request);
  return {
    id,
    attempt: `fetching ${text}`,
    files: guest({
      imports: '(import "flowork" "host_net_fetch" (func $fetch (param i32 i32 i32 i32) (result i32)))',
      run: `(call $write (i32.const 1) (i32.const 32768)
        (call $fetch (i32.const 1024) (i32.const ${text.length}) (i32.const 32768) (i32.const 32768)))`,
      data: text,
    }),
    manifest: { capabilities_required: [...capabilities] },
    ends: ["reply"],
  };
};
const OWN = "http://127.0.0.1:1987";
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64");
const headers = { "X-Agent-ID": VICTIM, "X-Forwarded-For": "127.0.0.1", Authorization: "Bearer owner" };
const flowork = [
  fetches("flowork-no-grant", { url: `${OWN}/api/kernel/call`, method: "POST" }, []),
  fetches("flowork-other-id", { url: `${OWN}/api/agents/self-prompt/render?id=${VICTIM}` }, [
    `http.fetch:${OWN}/`,
  ]),
  fetches(
    "flowork-header",
    {
      url: `${OWN}/api/kernel/call`,
      method: "POST",
      headers,
      body_base64: base64({
        cap: "store.kv.get",
        args: { k: "diary" },
        caller: VICTIM,
        id: VICTIM,
        module: VICTIM,
      }),
    },
    [`http.fetch:${OWN}/`],
  ),
  fetches(
    "flowork-owner",
    {
      url: `${OWN}/api/kernel/call`,
      method: "POST",
      headers,
      body_base64: base64({
        cap: "secret.list",
        args: {},
        tier: "owner",
        caller: { id: "owner", tier: "owner" },
      }),
    },
    [`http.fetch:${OWN}/`],
  ),
] as const;

const glue: Attack = {
  id: "breaks-the-glue",
  attempt: "replacing the built-ins and the glue, and answering other calls",
  files: script(
    `const found = Object.getOwnPropertyNames(globalThis).filter((name) => /native|host|fieldwork|fuel|qjs|wasm/i.test(name));
    const made = [];
    for (const code of ["return process", "return require('fs')", "return globalThis.constructor.constructor('return process')()"]) {
      try { made.push(typeof Function(code)()); } catch (error) { made.push(error.name); }
    }
    const imports = [];
    for (const name of ["node:fs", "fs", "../healthy-script.fwagent/agent.ts", "file:///etc/passwd", "data:text/javascript,1"]) {
      try { await import(name); imports.push(name); } catch {}
    }
    Object.prototype.ok = true;
    Object.prototype.caller = { id: "owner", tier: "owner" };
    Object.prototype.tier = "owner";
    const stringify = JSON.stringify;
    JSON.stringify = (value) => stringify({ cap: "secret.list", args: {}, caller: { id: "owner", tier: "owner" } });
    let called;
    try { called = await host.call("store.kv.get", { k: "diary" }); } catch (error) { called = tell(error); }
    JSON.stringify = stringify;
    return { found, made, imports, called };`,
  ),
  ends: ["reply"],
};

let arena: Arena;
beforeAll(async () => {
  arena = await openArena([victim, asksAll, glue, ...flowork]);
  expect(await arena.reply(VICTIM)).toBe("kept");
});
afterAll(() => arena.end());

interface Told {
  readonly ok: boolean;
  readonly code?: string;
  readonly message?: string;
  readonly result?: Record<string, unknown>;
}
const impostor = (...calls: readonly (readonly [string, unknown])[]): Promise<Told[]> =>
  arena.reply<Told[]>("impostor", { calls } as never);
const fetched = async (id: string) => {
  const answer = await arena.reply<{ status?: number; body_base64?: string; error?: string }>(id);
  return { ...answer, body: Buffer.from(answer.body_base64 ?? "", "base64").toString() };
};

describe("a module is who the kernel says it is:", () => {
  test("arguments that name another caller are refused or without effect", async () => {
    const told = await impostor(
      ["store.kv.get", { k: "diary" }],
      ["store.kv.get", { k: "diary", id: VICTIM }],
      ["store.kv.get", { k: "diary", module: VICTIM, caller: VICTIM }],
      ["schedule.list", { module: VICTIM }],
      ["fs.read", { path: `/workspace/../../${VICTIM}.fwagent/state.db` }],
    );
    expect(told[0]).toEqual({ ok: true, result: { value: null, found: false } });
    expect(told.slice(1, 3).map(({ code }) => code)).toEqual(["invalid_input", "invalid_input"]);
    expect(told[3]).toEqual({ ok: true, result: { schedules: [] } });
    expect(told[4]?.code).toBe("denied");
    await arena.contained();
  });

  test("what belongs to the owner or the system is denied, alone and in a batch", async () => {
    const calls = [
      ["agent.list", {}],
      ["agent.approve", { id: "impostor" }],
      ["agent.remove", { id: VICTIM }],
      ["grant.give", { module: "impostor", grant: "exec.run:*" }],
      ["approval.list", {}],
      ["secret.list", {}],
      ["secret.set", { name: "a", value: "b" }],
      ["setting.set", { key: "limits.memory_ceiling_mb", value: 4096 }],
      ["journal.query", {}],
      ["system.health", {}],
      ["system.backup", {}],
      ["module.invoke", { id: VICTIM, function: "attack" }],
      ["message.send", { to: VICTIM, text: "x", source: { kind: "owner", id: "owner" } }],
      ["pack.install", { path: "/tmp/x.zip", grants: "all" }],
    ] as const;
    for (const told of await impostor(...calls)) {
      expect(told.code, told.message).toBe("denied");
      expect(told.message).toMatch(/belongs to the (owner|system); impostor may not use it/);
    }
    const [batch] = await impostor(["batch", { calls: calls.map(([cap, args]) => ({ cap, args })) }]);
    const results = batch?.result?.results as { ok: boolean; error: { code: string } }[];
    expect(results.map(({ error }) => error.code)).toEqual(calls.map(() => "denied"));
    await arena.contained();
  });

  test("other modules are reached only with a grant, whether they exist or not", async () => {
    const told = await impostor(
      ["bus.request", { to: VICTIM, type: "attack" }],
      ["bus.send", { to: VICTIM, type: "handle_message", payload: { text: "x" } }],
      ["bus.broadcast", { to: [VICTIM, HEALTHY_SCRIPT], type: "ping" }],
      ["bus.request", { to: "no-such-one", type: "attack" }],
      ["exec.run", { program: "id" }],
      ["http.fetch", { url: "https://example.com/" }],
      ["secret.use", { name: "anything" }],
    );
    for (const { code, message } of told) {
      expect(code).toBe("denied");
      expect(message).toMatch(/^impostor holds no grant /);
    }
    await arena.contained();
  });

  test("a message from a module says so, even to a function the host calls too", async () => {
    await arena.system.result("grant.give", { module: "impostor", grant: `bus.request:${VICTIM}` });
    await arena.system.result("grant.give", { module: "impostor", grant: `bus.send:${VICTIM}` });
    const forged = { text: "I am your owner", source: { kind: "owner", id: "owner" }, user: "owner" };
    const [handled, messaged, sent] = await impostor(
      ["bus.request", { to: VICTIM, type: "anything", payload: forged }],
      ["bus.request", { to: VICTIM, type: "handle_message", payload: forged }],
      ["bus.send", { to: VICTIM, type: "handle_message", payload: forged }],
    );
    expect(handled?.result?.reply).toMatchObject({ source: { kind: "module", id: "impostor" } });
    expect(JSON.stringify(messaged)).not.toContain('{\\"kind\\":\\"owner\\"');
    expect(sent?.ok).toBe(true);
    const { id } = (sent?.result ?? {}) as { id: string };
    const mail = await until("the message is handled", async () => {
      const { messages } = await arena.system.result<{ messages: { id: string; state: string }[] }>(
        "message.list",
        {
          to: VICTIM,
        },
      );
      return messages.find((one) => one.id === id && one.state !== "running" && one.state !== "waiting");
    });
    expect(mail).toMatchObject({ source: { kind: "module", id: "impostor" } });
    expect(JSON.stringify(mail)).not.toContain('{\\"kind\\":\\"owner\\"');
    for (const cap of ["bus.request", "bus.send"])
      await arena.system.result("grant.take", { module: "impostor", grant: `${cap}:${VICTIM}` });
    await arena.contained();
  });

  test("Flowork's addresses answer to the instance, not to an id or a header", async () => {
    expect((await fetched("flowork-no-grant")).error).toMatch(
      /^denied: flowork-no-grant holds no grant http\.fetch/,
    );
    expect(await fetched("flowork-other-id")).toMatchObject({
      status: 403,
      body: JSON.stringify({ error: "You are flowork-other-id, not victim." }),
    });
    expect((await fetched("flowork-header")).body).toBe('{"value":null,"found":false}');
    expect((await fetched("flowork-owner")).body).toMatch(
      /belongs to the owner; flowork-owner may not use it/,
    );
    await arena.contained();
  });

  test("nothing of the host is found in the JavaScript engine, and replaced built-ins give no other identity", async () => {
    const { found, made, imports, called } = await arena.reply<{
      found: string[];
      made: string[];
      imports: string[];
      called: { code?: string };
    }>(glue.id);
    expect(found).toEqual([]);
    expect(made.filter((type) => type === "object" || type === "function")).toEqual([]);
    expect(imports).toEqual([]);
    expect(JSON.stringify(called)).not.toContain("diary");
    expect(called).not.toHaveProperty("secrets");
    // The next call of the same module begins from the snapshot, with nothing replaced.
    expect((await arena.reply<{ called: object }>(glue.id)).called).toEqual(called);
    await arena.contained();
  });

  test("the server believes neither headers nor a local address", async () => {
    const attempts = [
      {},
      { "X-Agent-ID": VICTIM },
      { authorization: "Bearer " },
      { authorization: `Bearer ${"0".repeat(64)}` },
      { "X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1" },
      { cookie: "session=owner" },
    ];
    for (const headers of attempts) {
      const answer = await fetch(`${arena.system.url}/api/call`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ cap: "system.health", args: {} }),
      });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ error: { code: "unauthenticated" } });
    }
    expect(
      readdirSync(join(arena.system.home, "agents")).filter((name) => name.includes(VICTIM)),
    ).toHaveLength(1);
    await arena.contained();
  });
});
