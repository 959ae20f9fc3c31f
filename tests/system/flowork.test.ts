import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addModule, type System, startSystem } from "../support/system.ts";
import { toolchain } from "../toolchains/index.ts";
import { ask, events, exposes, install, say, source } from "./agents.ts";
import { writePack } from "./packs.ts";

const go = await toolchain("go");
const rust = await toolchain("rust");

let system: System;
let packs: string;
beforeAll(async () => {
  packs = mkdtempSync(join(tmpdir(), "fw-packs-"));
  system = await startSystem();
});
afterAll(async () => {
  await system?.end();
  rmSync(packs, { recursive: true, force: true });
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
      const specs = (await panel("GET", `/api/agents/tools/specs?id=${id}`)).body;
      expect(specs.count).toBe(specs.tools.length);
      expect(specs.tools.map((tool: { function: { name: string } }) => tool.function.name)).toContain(
        "fs_read",
      );
      expect(
        (
          await panel("POST", `/api/agents/tools/run?id=${id}`, {
            tool_name: "note_set",
            args: { name: "n", text: "hi" },
          })
        ).body,
      ).toMatchObject({ ok: true, tool_name: "note_set" });
      expect(
        (await panel("POST", `/api/agents/tools/run?id=${id}`, { tool_name: "no.such" })).body,
      ).toHaveProperty("error");
      await system.result("grant.give", { module: id, grant: "http.fetch:http://127.0.0.1:2402/" });
      const router = await use("net_fetch", {
        method: "POST",
        url: "http://127.0.0.1:2402/v1/chat/completions",
        headers: { "x-agent-id": "somebody-else" },
        body_base64: base64({ model: "default", messages: [{ role: "user", content: "hello" }] }),
      });
      expect(JSON.parse(Buffer.from(String(router.body_base64), "base64").toString())).toMatchObject({
        object: "chat.completion",
        choices: [
          { message: { role: "assistant", content: expect.stringContaining("No model is connected") } },
        ],
      });
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
