import { copyFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type System, startSystem, until } from "../support/system.ts";
import { toolchain } from "../toolchains/index.ts";
import { ask, command, install, refused, say, show } from "./agents.ts";

const go = await toolchain("go");
const rust = await toolchain("rust");

let system: System;
/** A second home, for what is carried from one to another. */
let other: System;
beforeAll(async () => {
  [system, other] = await Promise.all([startSystem(), startSystem()]);
});
afterAll(async () => {
  await system?.end();
  await other?.end();
});

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
