import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fw } from "../../cli/test/fw.ts";
import { addModule, type System, startSystem } from "../support/system.ts";

let system: System;
beforeAll(async () => {
  system = await startSystem();
  await addModule(system, "notes", {
    "agent.ts": `import { agent } from "fieldwork";\nexport default agent({ onMessage: () => "hi" });\n`,
    "prompt.md": "You keep notes.\n",
  });
});
afterAll(() => system.end());

const run = async (...args: string[]) => {
  const ran = await fw(args, { home: system.home });
  expect(ran.stderr).toBe("");
  return ran;
};

describe("the command line", () => {
  test("edits an agent's files, and fails with the place of what does not load", async () => {
    expect((await run("agent", "files", "notes")).stdout).toMatch(/prompt\.md +prompt/);
    expect((await run("agent", "read", "notes", "prompt.md")).stdout).toBe("You keep notes.\n");
    const broken = await run("agent", "write", "notes", "agent.ts", "export default {,};");
    expect(broken.code).toBe(1);
    expect(broken.stdout).toContain("agent.ts:1:17:");
    const mended = await run(
      "agent",
      "write",
      "notes",
      "agent.ts",
      `import { agent } from "fieldwork";\nexport default agent({ onMessage: () => "hi" });`,
    );
    expect([mended.code, mended.stdout]).toEqual([0, "Written; notes is ready.\n"]);
  });

  test("copies an agent, and knows the templates", async () => {
    expect((await run("agent", "duplicate", "notes", "notes-two")).code).toBe(0);
    expect((await run("agent", "templates")).stdout).toContain("agent-ts");
  });

  test("sets, lists and cancels a schedule", async () => {
    expect((await run("schedule", "set", "notes", "--cron", "0 8 * * *", "--id", "morning")).code).toBe(0);
    expect((await run("schedule", "list", "--agent", "notes")).stdout).toMatch(
      /morning +notes +0 8 \* \* \*/,
    );
    expect((await run("schedule", "cancel", "morning")).code).toBe(0);
    expect((await run("schedule", "cancel", "morning")).code).toBe(1);
  });

  test("lists and deletes backups", async () => {
    await run("backup");
    const { backups } = (await run("backup", "list", "--json")).json() as { backups: { name: string }[] };
    const name = backups[0]?.name ?? "";
    writeFileSync(join(system.home, "backups", name, "backup.json"), "{");
    expect((await run("backup", "list")).stdout).toContain("cannot be read");
    expect((await run("backup", "delete", name)).code).toBe(0);
    expect((await run("backup", "list")).stdout).toContain("There are none");
  });

  test("narrows the journal down, and draws a trace", async () => {
    const sent = await system.result<{ trace: string }>("message.send", {
      to: "notes",
      text: "hi",
      wait: true,
    });
    const { events } = (
      await run(
        "journal",
        "--agent",
        "notes",
        "--kind",
        "message.*",
        "--from",
        "2020-01-01T00:00:00Z",
        "--json",
      )
    ).json() as { events: { kind: string }[] };
    expect(events.map(({ kind }) => kind)).toContain("message.received");
    expect((await run("journal", "trace", sent.trace)).stdout).toContain("handle_message");
    expect((await run("journal", "trace", "none")).code).toBe(1);
  });

  test("names providers, and the programs with a key", async () => {
    expect((await run("model", "providers")).stdout).toContain("OpenRouter");
    expect((await run("model", "keys")).stdout).toContain("There are none");
  });
});
