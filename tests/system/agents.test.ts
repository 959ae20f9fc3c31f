import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Mail, ModuleInfo } from "../../contract/index.ts";
import { addModule, type System, startSystem, until } from "../support/system.ts";
import { toolchain } from "../toolchains/index.ts";
import { ask, command, events, exposes, inbox, refused, show, source } from "./agents.ts";
import { writePack } from "./packs.ts";

const go = await toolchain("go");
const rust = await toolchain("rust");

let system: System;
/** A second home, for what is carried from one to another. */
let other: System;
let packs: string;
beforeAll(async () => {
  packs = mkdtempSync(join(tmpdir(), "fw-packs-"));
  [system, other] = await Promise.all([startSystem(), startSystem()]);
});
afterAll(async () => {
  await system?.end();
  await other?.end();
  rmSync(packs, { recursive: true, force: true });
});

const say = async (to: System, id: string, text: string): Promise<{ reply: string }> => {
  const { mail } = await to.result<{ mail: Mail }>("message.send", { to: id, text, wait: true });
  if (mail.state !== "done") throw new Error(JSON.stringify(mail.error));
  return mail.reply as { reply: string };
};
const install = async (to: System, path: string, ...more: string[]): Promise<ModuleInfo> => {
  const ran = await command(to, ["agent", "install", path, "--yes", "--json", ...more]);
  if (ran.code !== 0) throw new Error(ran.stdout + ran.stderr);
  return ran.json() as ModuleInfo;
};

describe.each([
  { language: "TypeScript", template: "agent-ts", tools: { missing: false as const, build: undefined } },
  { language: "Go", template: "agent-go", tools: go },
  { language: "Rust", template: "agent-rust", tools: rust },
])("an agent in $language", ({ template, tools }) => {
  const id = `made-${template}`;

  test.skipIf(tools.missing)(
    "made from its template is built, spoken to, and works in another home from its pack",
    async () => {
      const made = await command(system, ["agent", "new", id, "--template", template, "--name", "Made here"]);
      expect(made.code, made.stderr).toBe(0);
      const folder = join(system.home, "agents", `${id}.fwagent`);
      if (tools.build) {
        expect(await show(system, id)).toMatchObject({
          state: "broken",
          problems: [expect.stringContaining("agent.wasm")],
        });
        copyFileSync(await tools.build(folder), join(folder, "agent.wasm"));
      }
      await until("it is ready", async () => (await show(system, id)).state === "ready");
      expect((await say(system, id, "hello")).reply).toContain("hello");
      expect((await say(system, id, "again")).reply).toContain("again");
      expect(await say(system, id, "third")).toMatchObject({ reply: expect.stringMatching(/3/) });
      expect(await ask(system, id, "sum", { numbers: [1, 2, 3.5] })).toEqual({ sum: 6.5 });
      expect(
        await refused(system, "module.invoke", { id, function: "sum", args: { numbers: ["x"] } }),
      ).toMatchObject({
        code: "invalid_input",
      });
      expect(await refused(system, "module.invoke", { id, function: "other" })).toMatchObject({
        code: "not_found",
      });

      writeFileSync(join(folder, ".env"), "KEY=secret");
      const exported = await command(system, ["agent", "export", id, "--json"]);
      expect(exported.code, exported.stderr).toBe(0);
      const { path } = exported.json() as { path: string };
      const info = await install(other, path);
      expect(info).toMatchObject({ id, state: "ready", display_name: "Made here" });
      const names = readdirSync(join(other.home, "agents", `${id}.fwagent`));
      for (const name of ["state.db", ".env", "target"]) expect(names).not.toContain(name);
      const first = await say(other, id, "first here");
      expect(first.reply).toContain("first here");
      expect(first).toMatchObject({ reply: expect.stringMatching(/1/) });
    },
    300_000,
  );
});

describe("a pack", () => {
  const noter = (version: string) =>
    source(
      {
        version: `return "${version}";`,
        count: "return (await host.store.kv.get('count')) ?? 0;",
        note: "return (await host.fs.read('note.txt')).content;",
        list: "return (await host.fs.list('/shared')).entries.length;",
      },
      `async onMessage(message, host) {
        const count = ((await host.store.kv.get("count")) ?? 0) + 1;
        await host.store.kv.set("count", count);
        await host.fs.write("note.txt", message.text);
        return String(count);
      },`,
    );
  const rpc = exposes("version", "count", "note", "list");

  test("that is upgraded keeps state and workspace, and what it asks for anew is asked of the owner alone", async () => {
    const one = writePack(
      join(packs, "one.zip"),
      "noter",
      { "agent.ts": noter("one"), "old.txt": "old" },
      { ...rpc, capabilities_required: ["time.now"] },
    );
    await install(system, one);
    expect((await say(system, "noter", "remember this")).reply).toBe("1");

    const two = writePack(
      join(packs, "two.zip"),
      "noter",
      { "agent.ts": noter("two") },
      {
        ...rpc,
        version: "2.0.0",
        capabilities_required: ["time.now"],
        capabilities_optional: ["fs.list:/shared"],
      },
    );
    const seen = await system.result<{ replaces: string; new_asks: { capability: string }[] }>(
      "pack.inspect",
      { path: two },
    );
    expect(seen.replaces).toBe("1.0.0");
    expect(seen.new_asks.map((one) => one.capability)).toEqual(["fs.list"]);
    const shown = await command(system, ["agent", "install", two, "--grants", "required"]);
    expect(shown.code, shown.stderr).toBe(0);
    expect(shown.stderr + shown.stdout).toMatch(/New: it now asks for[\s\S]*fs\.list/);

    expect(await ask(system, "noter", "version")).toBe("two");
    expect(await ask(system, "noter", "count")).toBe(1);
    expect(await ask(system, "noter", "note")).toBe("remember this");
    expect(existsSync(join(system.home, "agents", "noter.fwagent", "old.txt"))).toBe(false);
    expect(await refused(system, "module.invoke", { id: "noter", function: "list" })).toMatchObject({
      code: "denied",
      details: { missing_grant: "fs.list:/shared" },
    });
    await system.result("grant.give", { module: "noter", grant: "fs.list:/shared" });
    expect(await ask(system, "noter", "list")).toBe(0);
  });

  test("that does not load leaves the installed version as it was, whole", async () => {
    const before = await show(system, "noter");
    const broken = writePack(
      join(packs, "broken.zip"),
      "noter",
      { "agent.ts": "export default {{{" },
      { ...rpc, version: "3.0.0", capabilities_required: ["exec.run:sh"] },
    );
    const error = await refused(system, "pack.install", { path: broken, grants: "all" });
    expect(error).toMatchObject({ code: "module_invalid", message: expect.stringContaining("agent.ts:1") });
    const after = await show(system, "noter");
    expect(after).toMatchObject({ state: "ready", version: "2.0.0", asks: before.asks });
    expect(await ask(system, "noter", "count")).toBe(1);
    const { grants } = await system.result<{ grants: { capability: string }[] }>("grant.list", {
      module: "noter",
    });
    expect(grants.map((one) => one.capability)).not.toContain("exec.run");
    expect(readdirSync(join(system.home, "staging"))).toEqual([]);
  });

  test("is upgraded under a stream of messages: each is answered once, by one version or the other", async () => {
    const counting = (version: string) =>
      source(
        { seen: "return (await host.store.kv.list('seen:')).length;" },
        `async onMessage(message, host) {
          const k = "seen:" + message.text;
          await host.store.kv.set(k, ((await host.store.kv.get(k)) ?? 0) + 1);
          return "${version}";
        },`,
      );
    const paths = ["1.0.0", "2.0.0"].map((version) =>
      writePack(
        join(packs, `stream-${version}.zip`),
        "stream",
        { "agent.ts": counting(version) },
        { version, ...exposes("seen") },
      ),
    );
    await install(system, paths[0] as string);
    const accepted: string[] = [];
    let stopped = false;
    const clients = [0, 1, 2].map(async (client) => {
      for (let at = 0; !stopped; at++) {
        const { id } = await system.result<{ id: string }>("message.send", {
          to: "stream",
          text: `c${client}-${at}`,
          session: `s${client}`,
        });
        accepted.push(id);
      }
    });
    for (let round = 1; round <= 4; round++)
      await system.result("pack.install", { path: paths[round % 2] as string, grants: "all" });
    stopped = true;
    await Promise.all(clients);
    await until("all are done", async () => {
      const mail = await inbox(system, "stream");
      return mail.every((one) => one.state === "done" || one.state === "failed") && mail;
    });
    const db = new DatabaseSync(join(system.home, "agents", "stream.fwagent", "state.db"), {
      readOnly: true,
    });
    const rows = new Map(
      (
        db.prepare("SELECT id, state, error FROM inbox").all() as {
          id: string;
          state: string;
          error: string | null;
        }[]
      ).map((row) => [row.id, row]),
    );
    const counts = db.prepare("SELECT v FROM store_kv WHERE k LIKE 'seen:%'").all() as { v: string }[];
    db.close();
    expect(accepted.length).toBeGreaterThan(20);
    expect(accepted.filter((id) => !rows.has(id))).toEqual([]);
    expect(counts.filter(({ v }) => v !== "1")).toEqual([]);
    expect(counts.length).toBeGreaterThanOrEqual(
      [...rows.values()].filter((row) => row.state === "done").length,
    );
    const failed = accepted.flatMap((id) => (rows.get(id)?.state === "failed" ? [rows.get(id)?.error] : []));
    for (const error of failed) expect(error).toContain("it is being replaced");
    expect(failed.length).toBeLessThan(accepted.length / 2);
  });

  test("is removed with its grants; the folder is in the trash, and installed anew it begins anew", async () => {
    const { path } = await system.result<{ path: string }>("agent.export", { id: "noter" });
    expect((await command(system, ["agent", "remove", "noter"])).code).toBe(0);
    expect(await refused(system, "agent.show", { id: "noter" })).toMatchObject({ code: "not_found" });
    const { grants } = await system.result<{ grants: unknown[] }>("grant.list", { module: "noter" });
    expect(grants).toEqual([]);
    expect(readdirSync(join(system.home, "trash")).some((name) => name.startsWith("noter-"))).toBe(true);
    await install(system, path);
    expect(await ask(system, "noter", "count")).toBe(0);
    await system.result("agent.remove", { id: "noter", purge: true });
    expect(existsSync(join(system.home, "agents", "noter.fwagent"))).toBe(false);
  });

  test("is watched after it was installed and upgraded like any folder", async () => {
    const one = writePack(
      join(packs, "watched.zip"),
      "watched",
      { "agent.ts": source({ say: "return 1;" }) },
      exposes("say"),
    );
    await install(system, one);
    await install(system, one);
    expect(await ask(system, "watched", "say")).toBe(1);
    writeFileSync(join(system.home, "agents", "watched.fwagent", "agent.ts"), source({ say: "return 2;" }));
    await until("the edit is in force", async () => (await ask(system, "watched", "say")) === 2);
  });

  test("installed while another agent is edited does not hide the edit", async () => {
    await addModule(system, "edited", { "agent.ts": source({ say: "return 1;" }) }, exposes("say"));
    const installing = system.result("pack.install", { path: join(packs, "watched.zip"), grants: "all" });
    writeFileSync(join(system.home, "agents", "edited.fwagent", "agent.ts"), source({ say: "return 2;" }));
    await installing;
    await until("the edit is in force", async () => (await ask(system, "edited", "say")) === 2);
  });
});

describe.each([
  { language: "Go", id: "flowork-go", tools: go },
  { language: "Rust", id: "flowork-rust", tools: rust },
])("a Flowork module in $language, unmodified", ({ id, tools }) => {
  const fixture = join(import.meta.dirname, "..", "fixtures", id);
  /** What an import wrote, as JSON. */
  const use = async (fn: string, request: object): Promise<Record<string, unknown>> => {
    const { text, written } = await ask<{ text: string; written: number }>(system, id, fn, {
      request: request as never,
    });
    expect(written).toBe(Buffer.byteLength(text));
    return JSON.parse(text);
  };
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64");
  const panel = async (method: string, path: string, body?: object) => {
    const answer = await use("net_fetch", {
      method,
      url: `http://127.0.0.1:1987${path}`,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body_base64: base64(body) }),
    });
    return {
      status: answer.status,
      body: JSON.parse(Buffer.from(String(answer.body_base64), "base64").toString()),
    };
  };

  test.skipIf(tools.missing)(
    "is installed and answers; each of its imports works under its grants",
    async () => {
      const wasm = await (tools.build as (path: string) => Promise<string>)(`tests/fixtures/${id}`);
      const manifest = JSON.parse(readFileSync(join(fixture, "manifest.json"), "utf8"));
      await install(
        system,
        writePack(
          join(packs, `${id}.zip`),
          id,
          { "agent.wasm": readFileSync(wasm), "prompt.md": "Be brief." },
          manifest,
        ),
      );
      expect(await say(system, id, "hello")).toMatchObject({ reply: "echo: hello" });

      expect(
        await panel("POST", "/api/kernel/call", { cap: "store.kv.set", args: { k: "a", v: 1 } }),
      ).toEqual({ status: 200, body: { ok: true } });
      expect(
        (await panel("POST", "/api/kernel/call", { cap: "store.kv.get", args: { k: "a" } })).body,
      ).toEqual({ value: 1, found: true });
      expect(
        (await panel("POST", "/api/kernel/call", { cap: "exec.run", args: { program: "ls" } })).body.error,
      ).toContain("exec.run:ls");
      expect((await panel("GET", `/api/agents/self-prompt/render?id=${id}`)).body).toMatchObject({
        rendered: "Be brief.",
      });
      expect((await panel("GET", "/api/agents/interactions?id=somebody-else")).status).toBe(403);
      expect((await panel("GET", "/api/agents/list")).status).toBe(404);
      expect(await use("net_fetch", { url: "http://example.com/" })).toEqual({
        error: expect.stringContaining("http.fetch:http://example.com/"),
      });

      expect(await use("exec_run", { binary: "echo", args: ["hi"] })).toMatchObject({
        exit_code: 0,
        stdout: "hi\n",
      });
      expect(await use("exec_run", { binary: "ls", args: [] })).toEqual({
        error: expect.stringContaining("exec.run:ls"),
      });

      const interaction = {
        channel: "tests",
        direction: "in",
        actor: "ada",
        content: "hello",
        metadata: { n: 1 },
      };
      expect(await use("log_interaction", interaction)).toMatchObject({ ok: true });
      expect((await panel("GET", `/api/agents/interactions?id=${id}&channel=tests`)).body).toMatchObject({
        items: [interaction],
        count: 1,
      });
      const decision = {
        decision_type: "t",
        rationale: "r",
        outcome: "o",
        inputs: {},
        ref_interaction_id: 1,
      };
      expect(await use("log_decision", decision)).toEqual({ ok: true, id: expect.any(Number) });
      expect(await use("karma_update", { op: "increment", key: "k", value: 2 })).toEqual({
        ok: true,
        current: 2,
      });
      expect(await use("karma_update", { op: "increment", key: "k", value: 3 })).toEqual({
        ok: true,
        current: 5,
      });
      expect(await use("slash_dispatch", { text: "/time", caller: "x" })).toMatchObject({
        ok: true,
        command: "time",
      });
      const { ms } = await ask<{ ms: number }>(system, id, "time_now_ms");
      expect(Math.abs(Date.now() - ms)).toBeLessThan(60_000);

      const { env } = await ask<{ env: Record<string, string> }>(system, id, "environment");
      expect(env).toMatchObject({ FLOWORK_AGENT_ID: id, FLOWORK_AGENT_WORKSPACE: "/workspace" });
      expect(JSON.parse(env.FLOWORK_AGENT_CONFIG ?? "")).toMatchObject({ kv: { greeting: "hello" } });
      expect(await ask(system, id, "workspace", { text: "kept" })).toMatchObject({ text: "kept" });
      expect(
        readFileSync(join(system.home, "agents", `${id}.fwagent`, "workspace", "flowork.txt"), "utf8"),
      ).toBe("kept");

      expect(await ask(system, id, "bad_pointer")).toMatchObject({ written: expect.any(Number) });
      const cut = await ask<{ text: string; written: number }>(system, id, "karma_update", {
        request: { op: "increment", key: "k", value: 1 },
        out_max: 5,
      });
      expect(cut).toEqual({ text: '{"ok"', written: 5 });
    },
  );

  test.skipIf(tools.missing)(
    "speaks to another module under its grant, which learns who speaks",
    async () => {
      await addModule(
        system,
        `friend-of-${id}`,
        {
          "agent.ts": source(
            { hello: "return { got: args };" },
            `onMessage({ text, source }) { return [text, "from", source.kind, source.id].join(" "); },`,
          ),
        },
        exposes("hello"),
      );
      const target = `friend-of-${id}.handle_message`;
      expect(await use("rpc_call", { target, args: { text: "hey" } })).toEqual({
        error: expect.stringContaining(`bus.request:${target}`),
      });
      await system.result("grant.give", { module: id, grant: `rpc:call:friend-of-${id}` });
      expect(
        await use("rpc_call", { target, args: { text: "hey", source: { kind: "owner", id: "owner" } } }),
      ).toEqual({
        reply: `hey from module ${id}`,
      });
      expect(await use("rpc_call", { target: `friend-of-${id}.hello`, args: { n: 1 } })).toEqual({
        got: { n: 1 },
      });
      const denials = (await events(system, "effect.denied", id)).map((one) => one.subject);
      expect(denials).toContain("bus.request");
    },
  );
});
