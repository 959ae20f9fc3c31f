import { once } from "node:events";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { DATA_FORMAT } from "#contract";
import { freshPlace, fw } from "../test/fw.ts";
import { addAgent, makeHome, makeJournal, withDatabase } from "../test/home.ts";
import { agentInfo, health, serve } from "../test/server.ts";
import type { Patient } from "./check.ts";
import { dependencies } from "./dependencies.ts";
import { CHECKS, examine } from "./examine.ts";

interface Line {
  readonly check: string;
  readonly state: string;
  readonly what: string;
  readonly remedy?: string;
}

function soundHome() {
  const { home } = freshPlace();
  makeHome(home);
  return home;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** What `fw doctor` says, with a port that is free unless one is given. */
async function diagnose(home: string, env: Record<string, string> = {}) {
  const FIELDWORK_PORT = env.FIELDWORK_PORT ?? String(await freePort());
  const ran = await fw(["doctor", "--json"], { home, env: { ...env, FIELDWORK_PORT } });
  const { checks, ok } = ran.json() as { checks: Line[]; ok: boolean };
  expect(ran.code).toBe(ok ? 0 : 1);
  const of = (name: string) => checks.filter((one) => one.check === name);
  return { ok, checks, of };
}

test("a sound home without a server has no failure", async () => {
  const { ok, checks } = await diagnose(soundHome());
  expect(checks.filter((one) => one.state === "fail")).toEqual([]);
  expect(ok).toBe(true);
  expect(checks.map((one) => one.check)).toEqual(expect.arrayContaining(CHECKS.map((one) => one.name)));
});

describe("what is wrong is named with its remedy:", () => {
  test.each<[string, (home: string) => void, string, string, RegExp, RegExp]>([
    ["no home", (home) => rmSync(home, { recursive: true }), "home", "fail", /does not exist/, /start\.sh/],
    ["an open home", (home) => chmodSync(home, 0o755), "home", "fail", /other users/, /chmod 700/],
    [
      "a readable key",
      (home) => chmodSync(join(home, "secrets.key"), 0o644),
      "keys",
      "fail",
      /secrets\.key/,
      /rotate/,
    ],
    [
      "a damaged database",
      (home) => writeFileSync(join(home, "fieldwork.db"), "not a database, not at all, in no way whatsoever"),
      "databases",
      "fail",
      /fieldwork\.db is damaged/,
      /restore/,
    ],
    [
      "a torn database",
      (home) => tear(join(home, "journal.db")),
      "databases",
      "fail",
      /journal\.db is damaged/,
      /restore/,
    ],
    [
      "a missing database",
      (home) => rmSync(join(home, "journal.db")),
      "databases",
      "fail",
      /journal\.db is missing/,
      /restore/,
    ],
    [
      "older data",
      (home) => setFormat(home, DATA_FORMAT - 1),
      "data format",
      "fail",
      /this program has/,
      /upgrade/,
    ],
    ["newer data", (home) => setFormat(home, DATA_FORMAT + 1), "data format", "fail", /at most/, /rollback/],
    [
      "an altered journal",
      (home) =>
        withDatabase(join(home, "journal.db"), (db) =>
          db.exec("UPDATE events SET actor = 'x' WHERE seq = 4"),
        ),
      "journal",
      "fail",
      /event 4 was altered/,
      /verify/,
    ],
    ["a journal from the future", (home) => remakeJournal(home), "clock", "warn", /2099/, /clock/],
    [
      "a broken agent",
      (home) => addAgent(home, "broken", { version: "one" }),
      "modules",
      "fail",
      /broken: .*version/,
      /agent show broken/,
    ],
    [
      "a server that died",
      (home) =>
        writeFileSync(
          join(home, "run", "server.json"),
          JSON.stringify({ pid: 4_194_303, host: "127.0.0.1", port: 1 }),
        ),
      "process",
      "warn",
      /4194303 is gone/,
      /start/,
    ],
    [
      "a garbled run file",
      (home) => writeFileSync(join(home, "run", "server.json"), "{"),
      "process",
      "warn",
      /not readable/,
      /Start/,
    ],
    [
      "a start that failed",
      (home) =>
        writeFileSync(
          join(home, "run", "start-error.json"),
          JSON.stringify({ code: "conflict", message: "port taken", remedy: "free it" }),
        ),
      "process",
      "warn",
      /port taken/,
      /free it/,
    ],
  ])("%s", async (_, spoil, check, state, what, remedy) => {
    const home = soundHome();
    spoil(home);
    const { of } = await diagnose(home);
    const found = of(check).find((one) => one.state === state);
    expect(found?.what).toMatch(what);
    expect(found?.remedy).toMatch(remedy);
  });

  test("a taken port, and who holds it", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void taken.close());
    await once(taken, "listening");
    const { port } = taken.address() as { port: number };
    const { of } = await diagnose(soundHome(), { FIELDWORK_PORT: String(port) });
    const holder = process.platform === "linux" ? ` by .+ \\(process ${process.pid}\\)` : "";
    expect(of("port")[0]).toMatchObject({
      state: "fail",
      what: expect.stringMatching(`port ${port} is taken${holder}`),
      remedy: expect.stringMatching("FIELDWORK_PORT"),
    });
  });

  test("a port that is none", async () => {
    expect((await diagnose(soundHome(), { FIELDWORK_PORT: "http" })).of("port")[0]).toMatchObject({
      state: "fail",
    });
  });

  test("no bubblewrap", async () => {
    if (process.platform !== "linux") return;
    const { of } = await diagnose(soundHome(), { PATH: "/nowhere" });
    expect(of("bubblewrap")[0]).toMatchObject({
      state: "warn",
      what: expect.stringMatching("not installed"),
    });
  });
});

describe("with a server", () => {
  test("its problems, broken modules and what waits for the owner are told", async () => {
    const home = soundHome();
    await serve(home, {
      "system.health": () =>
        health({
          state: "safe_mode",
          approvals_waiting: 2,
          problems: [{ part: "seal", what: "kernel/x.ts changed", remedy: "Restore it." }],
        }),
      "agent.list": () => ({
        agents: [
          agentInfo(),
          agentInfo({ id: "sick", state: "broken", problems: ["no entry"] }),
          agentInfo({ id: "fresh", state: "new" }),
        ],
      }),
    });
    const { of, ok } = await diagnose(home);
    expect(ok).toBe(false);
    expect(of("port")[0]).toMatchObject({ state: "ok" });
    expect(of("health")).toEqual([
      { check: "health", state: "warn", what: "seal: kernel/x.ts changed", remedy: "Restore it." },
    ]);
    expect(of("seal")[0]).toMatchObject({ state: "fail", remedy: expect.stringMatching("fw reseal") });
    expect(of("modules")).toEqual([
      { check: "modules", state: "fail", what: "sick: no entry", remedy: expect.stringMatching("sick") },
    ]);
    expect(of("approvals").map((one) => one.remedy)).toEqual(["fw agent approve fresh", "fw approval list"]);
  });

  test("that does not answer is told, and the rest is still checked", async () => {
    const home = soundHome();
    await serve(home, {}, { silent: true });
    const { of } = await diagnose(home);
    expect(of("port")[0]).toMatchObject({ state: "fail", what: expect.stringMatching("not ready") });
    expect(of("databases")[0]).toMatchObject({ state: "ok" });
    expect(of("health")[0]).toMatchObject({ state: "skip" });
  });
});

test("the lines are aligned, marked, and each remedy stands below its finding", async () => {
  const home = soundHome();
  chmodSync(home, 0o755);
  const { stdout, code } = await fw(["doctor"], { home, env: { FIELDWORK_PORT: String(await freePort()) } });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^✓ node {10} Node 26/m);
  expect(stdout).toMatch(/^✗ home {10} other users can open .*\n {17}→ chmod 700/m);
  expect(stdout).toMatch(/\n1 failure, \d+ warnings?\n$/);
});

test("a check that throws is a finding, and the others go on", async () => {
  const home = "\0";
  const patient: Patient = {
    home,
    root: home,
    env: {},
    now: Date.now(),
    server: undefined,
    health: undefined,
    modules: undefined,
  };
  const results = await examine(patient);
  expect(results.find((one) => one.check === "home")).toMatchObject({
    state: "fail",
    what: expect.stringMatching("could not be checked"),
  });
  expect(new Set(results.map((one) => one.check)).size).toBe(CHECKS.length);
});

describe("dependencies", () => {
  const look = (locked: object, installed: object) => {
    const { folder } = freshPlace();
    writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages: locked }));
    mkdirSync(join(folder, "node_modules"));
    writeFileSync(
      join(folder, "node_modules", ".package-lock.json"),
      JSON.stringify({ packages: installed }),
    );
    return dependencies.run({ root: folder } as Patient);
  };
  const a = { "node_modules/a": { version: "1.0.0" } };

  test.each([
    ["as locked", a, a, "ok"],
    ["a development package left out", { ...a, "node_modules/b": { version: "1.0.0", dev: true } }, a, "ok"],
    [
      "another platform's package left out",
      { ...a, "node_modules/b": { version: "1.0.0", optional: true } },
      a,
      "ok",
    ],
    ["one missing", a, {}, "fail"],
    ["one of another version", a, { "node_modules/a": { version: "2.0.0" } }, "fail"],
  ])("%s", async (_, locked, installed, state) => {
    expect(await look(locked, installed)).toMatchObject([{ state }]);
  });
});

function tear(path: string): void {
  const bytes = readFileSync(path);
  bytes.fill(0xff, 4096);
  writeFileSync(path, bytes);
}

function setFormat(home: string, format: number): void {
  withDatabase(join(home, "fieldwork.db"), (db) =>
    db.prepare("UPDATE meta SET value = ?").run(String(format)),
  );
}

function remakeJournal(home: string): void {
  rmSync(join(home, "journal.db"));
  makeJournal(home, 1, [{ at: Date.UTC(2099, 5) }]);
}
