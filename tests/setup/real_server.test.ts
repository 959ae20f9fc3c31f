import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { isAlive, runProgram } from "./project.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The project itself, as it is checked out, with a home of its own. */
async function installation() {
  const base = await mkdtemp(join(tmpdir(), "fieldwork-real-"));
  const home = join(base, "home");
  const env = { PATH: process.env.PATH ?? "", FIELDWORK_HOME: home, FIELDWORK_PORT: "0" };
  const run = (script: string) => runProgram(join(ROOT, script), [], env);
  onTestFinished(async () => {
    await run("stop.sh");
    await rm(base, { recursive: true, force: true });
  });
  const state = async () => JSON.parse(await readFile(join(home, "run/server.json"), "utf8"));
  const ask = async (path: string) => {
    const token = (await readFile(join(home, "run/token"), "utf8")).trim();
    return fetch(`http://127.0.0.1:${(await state()).port}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  };
  return { home, env, run, state, ask };
}

describe("the real server", () => {
  test("starts, answers its owner, and stops within 5 s with an event stream open; a second start takes under 3 s", async () => {
    const { run, ask, state } = await installation();
    expect(await run("start.sh")).toMatchObject({ code: 0, stderr: "" });
    expect(await (await ask("/api/agents")).json()).toMatchObject({ ok: true });
    expect((await run("start.sh")).ms).toBeLessThan(30_000);
    const stream = await ask("/api/events");
    expect(stream.status).toBe(200);
    const { pid } = await state();
    const stopped = await run("stop.sh");
    expect(stopped).toMatchObject({ code: 0, stdout: "Fieldwork has stopped.\n" });
    expect(stopped.ms).toBeLessThan(30_000);
    expect(isAlive(pid)).toBe(false);
    await stream.body?.cancel().catch(() => {});
    const again = await run("start.sh");
    expect(again.code).toBe(0);
    expect(again.ms).toBeLessThan(30_000);
  });

  test("comes back after kill -9 with its journal whole", async () => {
    const { run, ask, state } = await installation();
    await run("start.sh");
    process.kill((await state()).pid, "SIGKILL");
    expect((await run("start.sh")).code).toBe(0);
    expect(await (await ask("/api/journal/verify")).json()).toMatchObject({ ok: true, result: { ok: true } });
  });

  test("does not run twice on one home", async () => {
    const { run, env, state } = await installation();
    await run("start.sh");
    const { pid } = await state();
    const second = await runProgram(process.execPath, [join(ROOT, "main.ts")], env);
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/^error: .+\nremedy: .+/m);
    expect((await state()).pid).toBe(pid);
    expect((await run("start.sh")).stdout).toContain("is running already");
  });

  test("with a damaged database does not start, and start.sh says what is wrong and what to do", async () => {
    const { run, home } = await installation();
    await run("start.sh");
    await run("stop.sh");
    await writeFile(join(home, "fieldwork.db"), "this is no database, ".repeat(1000));
    const { code, stderr } = await run("start.sh");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: .*fieldwork\.db.*\nremedy: .+/m);
  });
});
