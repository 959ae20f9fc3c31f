import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { addModule, ROOT, type System, startSystem } from "../support/system.ts";
import { type Language, toolchain } from "../toolchains/index.ts";
import { blocksOf, readPage } from "./pages.ts";

const BUILD_MAX_MS = 300_000;
const SUM = { exposes_rpc: [{ name: "sum" }, { name: "latest" }] };

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.end());

const blocks = (page: string, language: string): readonly string[] =>
  blocksOf(readPage(page)).flatMap((block) => (block.language === language ? [block.text] : []));

async function reply(to: string, text: string): Promise<unknown> {
  const sent = await system.result<{ mail: { reply: { reply: string }; error?: unknown } }>("message.send", {
    to,
    text,
    wait: true,
  });
  return sent.mail.reply?.reply ?? sent.mail.error;
}

describe("docs/agents/typescript.md", () => {
  const examples = blocks("docs/agents/typescript.md", "ts");
  const agents = examples.filter((text) => text.includes("export default agent("));

  test.each(agents.map((text, at) => [at + 1, text] as const))("agent %i loads", async (at, text) => {
    await addModule(system, `example-${at}`, { "agent.ts": text }, SUM);
    const { state, problems } = await system.result("agent.show", { id: `example-${at}` });
    expect({ state, problems }).toEqual({ state: "ready", problems: [] });
  });

  test("the first agent counts its messages", async () => {
    expect(await reply("example-1", "hello")).toBe("Message 1: hello");
    expect(await reply("example-1", "again")).toBe("Message 2: again");
  });

  const thinking = agents.flatMap((text, at) => (/standardTurn|llm\.complete/.test(text) ? [at + 1] : []));
  test.each(thinking)("agent %i answers in a conversation, without a model too", async (at) => {
    expect(await reply(`example-${at}`, "Where is the key?")).toContain("No model is connected.");
    const { entries } = await system.result<{ entries: readonly { message: { role: string } }[] }>(
      "session.show",
      { agent: `example-${at}`, session: "owner:owner" },
    );
    expect(entries.map(({ message }) => message.role)).toEqual(["user", "assistant"]);
  });

  test("the agent with a schedule has one once it was called", async () => {
    const id = `example-${agents.findIndex((text) => text.includes("schedule.cron")) + 1}`;
    await system.result("module.invoke", { id, function: "handle", args: { type: "schedule" } });
    const { schedules } = await system.result<{ schedules: readonly object[] }>("schedule.list", {
      module: id,
    });
    expect(schedules).toMatchObject([{ id: "morning", cron: "0 8 * * 1-5", time_zone: "Europe/Berlin" }]);
  });
});

/** A template whose program is the one of the handbook. */
function templateWith(
  name: string,
  sdk: { readonly file: string; readonly path: string },
  program: string,
  text: string,
  without: readonly string[],
): string {
  const folder = mkdtempSync(join(tmpdir(), "fw-example-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(join(ROOT, "templates", name), folder, { recursive: true });
  for (const path of without) rmSync(join(folder, path), { recursive: true, force: true });
  const file = join(folder, sdk.file);
  writeFileSync(file, readFileSync(file, "utf8").replace(`../../${sdk.path}`, join(ROOT, sdk.path)));
  writeFileSync(join(folder, program), text);
  return folder;
}

const COMPILED: readonly { readonly language: Language; readonly folder: (text: string) => string }[] = [
  {
    language: "go",
    folder: (text) =>
      templateWith("agent-go", { file: "go.mod", path: "sdk/go" }, "main.go", text, [
        "agent.go",
        "agent_test.go",
      ]),
  },
  {
    language: "rust",
    folder: (text) =>
      templateWith("agent-rust", { file: "Cargo.toml", path: "sdk/rust" }, "src/main.rs", text, [
        "src/agent.rs",
        "target",
      ]),
  },
];

describe.each(COMPILED)("the page of agents in $language", ({ language, folder }) => {
  test(
    "the agent builds, counts its messages and adds numbers",
    async ({ skip }) => {
      const compiler = await toolchain(language);
      if (compiler.missing) return skip(compiler.missing);
      const [text = ""] = blocks(`docs/agents/${language}.md`, language);
      const wasm = readFileSync(await compiler.build(folder(text)));
      const id = `example-${language}`;
      await addModule(system, id, { "agent.wasm": wasm }, { entry: "agent.wasm", ...SUM });
      expect(await reply(id, "hello")).toBe("Message 1: hello");
      const args = { numbers: [1, 2, 3.5] };
      expect(await system.result("module.invoke", { id, function: "sum", args })).toMatchObject({
        reply: { sum: 6.5 },
      });
    },
    BUILD_MAX_MS,
  );
});
