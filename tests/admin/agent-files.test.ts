import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AgentFile, Event, ModuleInfo } from "../../contract/index.ts";
import { addModule, type System, startSystem } from "../support/system.ts";

let system: System;
beforeAll(async () => {
  system = await startSystem();
  await addModule(system, "notes", {
    "agent.ts": source("one"),
    "prompt.md": "You keep notes.",
    "skills/plan/SKILL.md": "---\nname: plan\ndescription: Plan.\n---\nPlan it.",
    ".env": "KEY=secret",
    "workspace/mine.md": "mine",
  });
});
afterAll(() => system.end());

function source(reply: string): string {
  return `import { agent } from "fieldwork";\nexport default agent({ onMessage() { return "${reply}"; } });\n`;
}
const folder = () => join(system.home, "agents/notes.fwagent");
const text = async (to: string) =>
  (
    await system.result<{ mail: { reply: { reply: string } | string } }>("message.send", {
      to,
      text: "hi",
      wait: true,
    })
  ).mail.reply;
interface FileText {
  readonly content: string;
  readonly sha256: string;
}
const read = (path: string) => system.result<FileText>("agent.file.read", { id: "notes", path });

describe("the files of an agent", () => {
  test("are its texts with what they are to it, not its state, workspace and hidden files", async () => {
    const { files } = await system.result<{ files: AgentFile[] }>("agent.files", { id: "notes" });
    expect(files.map(({ path, role }) => [path, role])).toEqual([
      ["agent.ts", "entry"],
      ["manifest.json", "manifest"],
      ["prompt.md", "prompt"],
      ["skills/plan/SKILL.md", "skill"],
    ]);
  });

  test("written, the module is loaded anew and answers with the new code", async () => {
    const { sha256 } = await read("agent.ts");
    const written = await system.result("agent.file.write", {
      id: "notes",
      path: "agent.ts",
      content: source("two"),
      expect: sha256,
    });
    expect(written).toMatchObject({ state: "ready", problems: [], diagnostics: [] });
    expect(await text("notes")).toMatchObject({ reply: "two" });
    const { events } = await system.result<{ events: Event[] }>("journal.query", {
      agent: "notes",
      kind: "module.file_written",
      newest: true,
    });
    expect(events.at(-1)?.data).toMatchObject({ path: "agent.ts" });
  });

  test.each([
    ["a syntax error", "export default {\n  a: 1,,\n};", { line: 2, column: 8 }],
    ["what cannot be imported", 'import { x } from "./gone.ts";\nexport default x;', { line: 1 }],
    ["a top level that throws", "const a = 1;\nthrow new Error('no ' + a);\n", { line: 2 }],
  ])(
    "%s is told with its file, line and column, and mended by the next writing",
    async (_, content, place) => {
      const broken = await system.result("agent.file.write", { id: "notes", path: "agent.ts", content });
      expect(broken).toMatchObject({ state: "broken", diagnostics: [{ file: "agent.ts", ...place }] });
      expect(await system.result<ModuleInfo>("agent.show", { id: "notes" })).toMatchObject({
        diagnostics: [{ file: "agent.ts", ...place }],
      });
      const mended = await system.result("agent.file.write", {
        id: "notes",
        path: "agent.ts",
        content: source("three"),
      });
      expect(mended).toMatchObject({ state: "ready", diagnostics: [] });
    },
  );

  test("a manifest that does not parse, or does not fit, is told at its line", async () => {
    const { content } = await read("manifest.json");
    const garbled = await system.result("agent.file.write", {
      id: "notes",
      path: "manifest.json",
      content: '{\n  "id": "notes",\n  oops\n}',
    });
    expect(garbled).toMatchObject({ state: "broken", diagnostics: [{ file: "manifest.json", line: 3 }] });
    const wrong = await system.result("agent.file.write", {
      id: "notes",
      path: "manifest.json",
      content: content.replace('"version": "1.0.0"', '"version": "one"'),
    });
    const line = content.split("\n").findIndex((one) => one.includes('"version"')) + 1;
    expect(wrong).toMatchObject({ state: "broken", diagnostics: [{ file: "manifest.json", line }] });
    await system.result("agent.file.write", { id: "notes", path: "manifest.json", content });
  });

  test("changed by somebody else meanwhile is a conflict, and stays as it is", async () => {
    const { sha256 } = await read("prompt.md");
    writeFileSync(join(folder(), "prompt.md"), "Mine now.");
    const refused = await system.call("agent.file.write", {
      id: "notes",
      path: "prompt.md",
      content: "Overwritten",
      expect: sha256,
    });
    expect(refused).toMatchObject({ ok: false, error: { code: "conflict" } });
    expect(readFileSync(join(folder(), "prompt.md"), "utf8")).toBe("Mine now.");
    const there = { id: "notes", path: "prompt.md", content: "x", expect: null };
    expect(await system.call("agent.file.write", there)).toMatchObject({ error: { code: "conflict" } });
  });

  test.each([
    "../outside.md",
    "/etc/passwd",
    "a/../../x.md",
    "workspace/x.md",
    "state.db",
    ".env",
    "skills/.hidden/x.md",
    "node_modules/x.js",
    "agent.wasm",
    "a\\b.md",
    "x.md/../../y.md",
    "link.md",
    "linked/x.md",
  ])("outside of them are not reached: %s", async (path) => {
    if (!existsSync(join(folder(), "link.md"))) {
      symlinkSync("/etc/hostname", join(folder(), "link.md"));
      symlinkSync("/tmp", join(folder(), "linked"));
    }
    for (const cap of ["agent.file.read", "agent.file.write", "agent.file.delete"]) {
      const args = cap === "agent.file.write" ? { id: "notes", path, content: "x" } : { id: "notes", path };
      expect(await system.call(cap, args)).toMatchObject({ ok: false, error: { code: "invalid_input" } });
    }
  });

  test("can be added and deleted; the manifest and the entry stay", async () => {
    const skill = { id: "notes", path: "skills/new/SKILL.md" };
    await system.result("agent.file.write", { ...skill, content: "---\nname: new\n---\n", expect: null });
    await system.result("agent.file.delete", skill);
    expect(existsSync(join(folder(), skill.path))).toBe(false);
    for (const path of ["manifest.json", "agent.ts"])
      expect(await system.call("agent.file.delete", { id: "notes", path })).toMatchObject({
        error: { code: "conflict" },
      });
  });

  test("nothing half written is left beside them", () => {
    expect(readdirSync(join(system.home, "staging"))).toEqual([]);
  });
});

describe("a second agent like one there is", () => {
  test("has its files, settings and grants, not its secrets, memory and workspace", async () => {
    await system.result("agent.config", {
      id: "notes",
      set: { memory_max_mb: 128, policy: { exec: "deny" } },
    });
    const made = await system.result<ModuleInfo>("agent.duplicate", { id: "notes", to: "notes-two" });
    expect(made).toMatchObject({ state: "ready", display_name: "notes (copy)" });
    const copy = join(system.home, "agents/notes-two.fwagent");
    expect(existsSync(join(copy, ".env"))).toBe(false);
    expect(existsSync(join(copy, "workspace/mine.md"))).toBe(false);
    expect(existsSync(join(copy, "skills/plan/SKILL.md"))).toBe(true);
    expect(await system.result("agent.config", { id: "notes-two" })).toMatchObject({
      memory_max_mb: 128,
      policy: { exec: "deny" },
    });
    expect(await text("notes-two")).toMatchObject({ reply: "three" });
  });

  test("with its state also knows what that one knows, but does not get its mail", async () => {
    const memory = { agent: "notes", memories: [{ content: "The boiler is serviced in May." }] };
    await system.result("memory.add", memory);
    await system.result("agent.duplicate", { id: "notes", to: "notes-three", state: true });
    const found = await system.result<{ hits: { content: string }[] }>("memory.search", {
      agent: "notes-three",
      query: "When is the boiler serviced?",
    });
    expect(found.hits[0]?.content).toBe("The boiler is serviced in May.");
    const { messages } = await system.result<{ messages: unknown[] }>("message.list", { to: "notes-three" });
    expect(messages).toEqual([]);
    expect(existsSync(join(system.home, "agents/notes-three.fwagent/workspace/mine.md"))).toBe(true);
  });

  test("does not take the place of another", async () => {
    expect(await system.call("agent.duplicate", { id: "notes", to: "notes-two" })).toMatchObject({
      error: { code: "conflict" },
    });
  });
});

describe("what is decided about an agent", () => {
  test("is read and changed in one place, and in force at once", async () => {
    const config = await system.result("agent.config", {
      id: "notes",
      set: {
        model: "builtin",
        prompt: "You are brief.",
        tools: ["calc.evaluate"],
        budget: { day_usd: 2, day_tokens: null },
        grants: ["time.now", "http.fetch:https://a.example/"],
      },
    });
    expect(config).toMatchObject({
      model: "builtin",
      prompt: "You are brief.",
      tools: ["calc.evaluate"],
      budget: { day_usd: 2, day_tokens: null },
      grants: ["http.fetch:https://a.example/", "time.now"],
    });
    const info = await system.result<ModuleInfo>("agent.show", { id: "notes" });
    expect(info).toMatchObject({ has_prompt: true, model: { candidates: ["builtin"], own: true } });
    expect(info.last_active_at).toMatch(/^20/);
    const narrower = ["http.fetch:https://b.example/"];
    await system.result("agent.config", { id: "notes", set: { grants: ["http.fetch"] } });
    expect(
      await system.result("agent.config", { id: "notes", set: { grants: narrower } }),
      "making a grant narrower takes the wider one alone",
    ).toMatchObject({ grants: narrower });
    const back = await system.result("agent.config", {
      id: "notes",
      set: { model: null, budget: null, tools: null, grants: [] },
    });
    expect(back).toMatchObject({ model: null, budget: null, tools: null, grants: [] });
  });

  test("its schedules are the owner's to make, change and cancel", async () => {
    const made = await system.result<{ id: string }>("schedule.set", {
      module: "notes",
      cron: "0 8 * * *",
      time_zone: "Europe/Vienna",
    });
    await system.result("schedule.set", { module: "notes", id: made.id, cron: "0 9 * * *" });
    const { schedules } = await system.result<{ schedules: unknown[] }>("agent.config", { id: "notes" });
    expect(schedules).toMatchObject([{ id: made.id, cron: "0 9 * * *" }]);
    await system.result("schedule.cancel", { id: made.id, module: "notes" });
    const kinds = await system.result<{ events: Event[] }>("journal.query", { kind: "schedule.*" });
    expect(kinds.events.map(({ kind }) => kind)).toEqual([
      "schedule.set",
      "schedule.set",
      "schedule.cancelled",
    ]);
  });

  test("templates and built-in modules tell what they are", async () => {
    const { templates } = await system.result<{ templates: object[] }>("agent.templates");
    expect(templates).toMatchObject([
      { name: "agent-go", language: "Go" },
      { name: "agent-rust", language: "Rust" },
      { name: "agent-ts", language: "TypeScript", build: null, opens: null },
      { name: "assistant", language: "TypeScript", build: null, opens: "prompt.md" },
    ]);
    const { agents } = await system.result<{ agents: ModuleInfo[] }>("agent.list");
    const store = agents.find(({ id }) => id === "store");
    expect(store?.built_in).toBe(true);
    expect(store?.provides.map(({ name }) => name)).toContain("store.kv.get");
    expect(agents.filter((one) => one.built_in && one.description === "").map(({ id }) => id)).toEqual([]);
  });

  test("it is downloaded as a pack, and that is installed only as it was looked at", async () => {
    const pack = Buffer.from(await (await system.fetch("/api/agents/notes/export")).arrayBuffer());
    const upload = (query: string) =>
      system.fetch(`/api/packs${query}`, {
        method: "POST",
        headers: { "content-type": "application/zip" },
        body: pack,
      });
    const looked = (await (await upload("")).json()) as { result: { id: string; sha256: string } };
    expect(looked.result).toMatchObject({ id: "notes", replaces: "1.0.0" });
    const other = await upload(`?install&grants=none&sha256=${"0".repeat(64)}`);
    expect(other.status).toBe(409);
    const same = await upload(`?install&grants=none&sha256=${looked.result.sha256}`);
    expect(same.status).toBe(200);
    expect(readdirSync(join(system.home, "tmp"))).toEqual([]);
  });
});
