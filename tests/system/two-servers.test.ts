import {
  chmodSync,
  closeSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fw } from "../../cli/test/fw.ts";
import type { ErrorData } from "../../contract/index.ts";
import { addModule, freshHome, type System, startSystem } from "../support/system.ts";
import { ask, exposes, source } from "./agents.ts";

let home: string;
let running: System[];
beforeEach(() => {
  home = freshHome();
  running = [];
});
afterEach(async () => {
  for (const one of running) await one.end();
  rmSync(home, { recursive: true, force: true });
});

const start = async (env: Readonly<Record<string, string>> = {}) => {
  const system = await startSystem({ home, env });
  running.push(system);
  return system;
};
/** A start that must fail: what it printed, and what it left for who started it. */
async function failing(
  env: Readonly<Record<string, string>> = {},
): Promise<{ printed: string; error: ErrorData }> {
  const printed = await start(env).then(
    () => "it started",
    (error: Error) => error.message,
  );
  const path = join(home, "run", "start-error.json");
  const error = JSON.parse(readFileSync(path, "utf8")) as ErrorData;
  rmSync(path);
  expect(printed).toContain(`error: ${error.message}`);
  expect(printed).toContain(`remedy: ${error.remedy}`);
  return { printed, error };
}
/** A home that has been used and whose server has ended. */
async function used(): Promise<void> {
  const system = await start();
  await addModule(
    system,
    "keeper",
    {
      "agent.ts": source({
        put: "await host.store.kv.set('k', args.v);",
        get: "return await host.store.kv.get('k');",
      }),
    },
    exposes("put", "get"),
  );
  await ask(system, "keeper", "put", { v: "kept" });
  expect(await system.stop()).toBe(0);
}
const sql = (file: string, text: string) => {
  const db = new DatabaseSync(join(home, file));
  db.exec(text);
  db.close();
};

test("a second server on one home says so, and the first goes on undisturbed", async () => {
  const first = await start();
  const { error } = await failing();
  expect(error).toMatchObject({
    code: "home_invalid",
    message: expect.stringContaining("Another Fieldwork is using the home folder"),
    remedy: expect.stringContaining("stop.sh"),
  });
  expect((await first.call("system.health")).ok).toBe(true);
  expect(JSON.parse(readFileSync(join(home, "run", "server.json"), "utf8")).pid).toBe(first.pid);
  expect((await fw(["status"], { home })).code).toBe(0);
});

test("the home is free again at once after kill -9", async () => {
  await (await start()).kill();
  const next = await start();
  expect((await next.call("system.health")).ok).toBe(true);
});

test("a taken port is named with its remedy, and the home is free afterwards", async () => {
  const squatter = createServer();
  await new Promise<void>((go) => squatter.listen(0, "127.0.0.1", go));
  const { port } = squatter.address() as AddressInfo;
  const { error } = await failing({ FIELDWORK_PORT: String(port) });
  squatter.close();
  expect(error.message).toContain(String(port));
  expect(error.remedy).toContain("FIELDWORK_PORT");
  await start();
});

describe("data of a newer program", () => {
  test.for([
    [
      "form of the home",
      "INSERT INTO meta VALUES ('data_format', '999') ON CONFLICT (key) DO UPDATE SET value = '999'",
      "fieldwork.db",
      /form 999/,
    ],
    [
      "tables of the kernel",
      "UPDATE ladders SET version = 999 WHERE name = 'grants'",
      "fieldwork.db",
      /newer Fieldwork.*grants 999/,
    ],
    ["journal", "UPDATE ladders SET version = 999", "journal.db", /newer Fieldwork/],
  ] as const)("%s: it is refused, named, and left as it is", async ([, change, file, why]) => {
    await used();
    sql(file, change);
    const before = readFileSync(join(home, file));
    const { error } = await failing();
    expect(error).toMatchObject({ code: "home_invalid", message: expect.stringMatching(why) });
    expect(error.remedy).toContain("fw rollback");
    expect(readFileSync(join(home, file)).equals(before)).toBe(true);
  });

  test("in the database of one agent breaks that agent only", async () => {
    await used();
    sql("agents/keeper.fwagent/state.db", "UPDATE ladders SET version = 999 WHERE name = 'store'");
    const system = await start();
    const reply = await system.call("module.invoke", { id: "keeper", function: "get" });
    expect(reply).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/newer Fieldwork.*store 999/) },
    });
    expect((await system.call("system.health")).ok).toBe(true);
  });
});

describe("a damaged database", () => {
  /** Overwrites bytes in the middle of a file, as a failing disk does. */
  const damage = (file: string, at: number, bytes: number) => {
    const fd = openSync(join(home, file), "r+");
    writeSync(fd, Buffer.alloc(bytes, 0xa5), 0, bytes, at);
    closeSync(fd);
  };

  test.for(["fieldwork.db", "journal.db"])(
    "%s that is none any more: the start is refused with what to do",
    async (file) => {
      await used();
      damage(file, 0, 512);
      const { error } = await failing();
      expect(error).toMatchObject({ code: "home_invalid", message: expect.stringContaining(file) });
      expect(error.remedy).toMatch(/fw doctor.*fw restore/);
      const doctor = await fw(["doctor"], { home });
      expect(doctor.code).toBe(1);
      expect(doctor.stdout).toContain(file);
    },
  );

  test("of one agent is that agent's trouble only, and doctor names it", async () => {
    await used();
    damage("agents/keeper.fwagent/state.db", 0, statSync(join(home, "agents/keeper.fwagent/state.db")).size);
    const system = await start();
    await addModule(system, "sound", { "agent.ts": source({ say: "return 'well';" }) }, exposes("say"));
    expect(await system.call("module.invoke", { id: "keeper", function: "get" })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining("state.db") },
    });
    expect(await ask(system, "sound", "say")).toBe("well");
    expect((await fw(["doctor"], { home })).stdout).toContain("state.db");
  });

  test("row of the journal is found by its number, and the system starts all the same", async () => {
    await used();
    sql("journal.db", "UPDATE events SET data = '{\"forged\":true}' WHERE seq = 2");
    const system = await start();
    expect(await system.result("journal.verify")).toMatchObject({ ok: false, first_bad: 2 });
    const shown = await fw(["journal", "--verify"], { home });
    expect(shown.code).toBe(1);
    expect(shown.stdout + shown.stderr).toMatch(/\b2\b/);
  });
});

describe("files of the home", () => {
  test("are for their owner only, and are made so again", async () => {
    await used();
    chmodSync(home, 0o755);
    const system = await start();
    expect(statSync(home).mode & 0o777).toBe(0o700);
    for (const file of ["run/token", "master.key", "seal.key"])
      expect(statSync(join(home, file)).mode & 0o077, file).toBe(0);
    expect(await ask(system, "keeper", "get")).toBe("kept");
  });

  test("a home that is a file is refused", async () => {
    rmSync(home, { recursive: true });
    writeFileSync(home, "");
    const printed = await start().then(
      () => "it started",
      (error: Error) => error.message,
    );
    expect(printed).toMatch(/error: .*fw-home/);
    expect(printed).toContain("FIELDWORK_HOME");
  });
});
