import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { fw } from "../../cli/test/fw.ts";
import type { Health } from "../../contract/index.ts";
import { type Run, runProgram } from "../setup/project.ts";
import { copyProgram } from "../support/program.ts";
import { freshHome } from "../support/system.ts";

const PASSWORD = "correct horse battery";

/** A program of its own with a home, started and stopped as a person does. */
function installation() {
  const root = copyProgram();
  const home = freshHome();
  const env = { FIELDWORK_PORT: "0", FIELDWORK_GATEWAY_PORT: "0" };
  const sh = (script: string): Promise<Run> =>
    runProgram(join(root, script), [], { PATH: process.env.PATH ?? "", FIELDWORK_HOME: home, ...env });
  const run = (args: readonly string[], input?: string) =>
    fw(args, { home, env, program: join(root, "cli", "fw.ts"), ...(input === undefined ? {} : { input }) });
  onTestFinished(async () => {
    await sh("stop.sh");
    for (const folder of [root, home]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const state = async () => ((await run(["status", "--json"])).json() as Health).state;
  /** As `git pull` brings it: a file of the core changed, one added. */
  const bring = (name: string) => {
    appendFileSync(join(root, "kernel", "metrics", "metrics.ts"), "\n");
    writeFileSync(join(root, "kernel", `${name}.ts`), "export {};\n");
  };
  return { sh, run, state, bring };
}

test("a new version of the program: the start says what changed, `fw upgrade` runs it and seals it in one step, and the data are whole", {
  timeout: 240_000,
}, async () => {
  const { sh, run, state, bring } = installation();
  expect((await sh("start.sh")).stdout).not.toContain("safe mode");
  await run(["setup", "--owner", "Ada", "--password-stdin"], PASSWORD);
  expect((await run(["memory", "add", "The gate code is 4711", "--agent", "field"])).code).toBe(0);
  await sh("stop.sh");
  bring("first");
  const started = await sh("start.sh");
  expect(started.code).toBe(0);
  expect(started.stdout).toMatch(
    /safe mode.*\n {2}kernel\/metrics\/metrics\.ts was changed\n {2}kernel\/first\.ts was added\n.*\.\/fw upgrade\n/,
  );

  const nobody = await run(["upgrade"]);
  expect(nobody.code).toBe(1);
  expect(nobody.stderr).toContain("kernel/first.ts was added");
  expect(nobody.stdout).toContain("--password-stdin");
  const wrong = await run(["upgrade", "--password-stdin"], "not the password");
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("not the owner's password")]);
  expect(await state()).toBe("safe_mode");

  const right = await run(["upgrade", "--password-stdin", "--json"], PASSWORD);
  expect(right.code, right.stderr).toBe(0);
  expect(right.json()).toMatchObject({
    upgraded: false,
    changed: ["kernel/metrics/metrics.ts was changed", "kernel/first.ts was added"],
    sealed: expect.any(Number),
  });
  expect(await state()).toBe("ready");
  expect((await run(["memory", "search", "gate code", "--agent", "field"])).stdout).toContain("4711");

  await sh("stop.sh");
  bring("second");
  const stopped = await run(["upgrade", "--password-stdin"], PASSWORD);
  expect(stopped.code, stopped.stderr).toBe(0);
  expect((await run(["status"])).stdout).toContain("not running");
  expect((await sh("start.sh")).stdout).not.toContain("safe mode");
  expect(await state()).toBe("ready");
  expect((await run(["upgrade"])).stdout).toContain("The core is as it was sealed.");
});
