import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DATA_FORMAT } from "#contract";
import { readDataFormat } from "../home/index.ts";
import { freshPlace, fw, programIn } from "../test/fw.ts";
import { makeHome, withDatabase } from "../test/home.ts";
import { serve } from "../test/server.ts";

/** A program that migrates and serves as the real one does; `$FAULT` makes it fail in one of the ways a program can. */
const MAIN = `
import { createServer } from "node:http";
import { mkdirSync, writeFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
const home = process.env.FIELDWORK_HOME as string;
const fault = process.env.FAULT;
if (process.argv.includes("--migrate-only")) {
  if (process.argv[process.argv.indexOf("--home") + 1] !== home) process.exit(9);
  if (fault === "migration") { console.error("migration 7 failed: no such column"); process.exit(1); }
  const db = new DatabaseSync(join(home, "fieldwork.db"));
  if (fault !== "forgets") db.exec("UPDATE meta SET value = '${DATA_FORMAT}' WHERE key = 'data_format'");
  db.exec("CREATE TABLE migrated (x)");
  db.close();
} else {
  if (fault === "start") { console.error("cannot start: no sandbox"); process.exit(1); }
  if (fault === "journal") { const db = new DatabaseSync(join(home, "journal.db")); db.exec("DELETE FROM events WHERE seq = 2"); db.close(); }
  const server = createServer((_, response) => response.writeHead(200).end(JSON.stringify({ ok: true, pid: process.pid })));
  server.listen(Number(process.env.FIELDWORK_PORT), "127.0.0.1", () => {
    mkdirSync(join(home, "run"), { recursive: true });
    writeFileSync(join(home, "run", "token"), "t");
    const { port } = server.address() as { port: number };
    writeFileSync(join(home, "run", "server.json"), JSON.stringify({ pid: process.pid, host: "127.0.0.1", port }));
  });
  process.on("SIGTERM", () => { rmSync(join(home, "run", "server.json")); process.exit(0); });
}
`;
const SETUP = (verb: string) => `
import { appendFileSync, rmSync } from "node:fs";
appendFileSync(process.env.FIELDWORK_HOME + "/../setup.log", "${verb}\\n");
if ("${verb}" === "stop") rmSync(process.env.FIELDWORK_HOME + "/run/server.json", { force: true });
console.log("${verb} said this");
`;

function place(dataFormat = DATA_FORMAT - 1) {
  const { folder, home } = freshPlace();
  makeHome(home, { dataFormat });
  const program = programIn(join(folder, "program"), {
    "main.ts": MAIN,
    "setup/start.mjs": SETUP("start"),
    "setup/stop.mjs": SETUP("stop"),
  });
  const run = (args: readonly string[], env: Record<string, string> = {}) => fw(args, { home, program, env });
  const beside = () =>
    readdirSync(folder)
      .filter((name) => name.startsWith("home"))
      .sort();
  return { folder, home, run, beside };
}

const migrated = (home: string) =>
  withDatabase(
    join(home, "fieldwork.db"),
    (db) => db.prepare("SELECT name FROM sqlite_schema WHERE name = 'migrated'").get() !== undefined,
  );

describe("fw upgrade", () => {
  test("migrates a copy, tries it out, exchanges it, and `fw rollback` goes back", async () => {
    const { home, run, beside } = place();
    writeFileSync(join(home, "note"), "mine");
    const up = await run(["upgrade", "--json"]);
    expect(up.stderr).toBe("");
    expect(up.json()).toEqual({
      upgraded: true,
      from: DATA_FORMAT - 1,
      to: DATA_FORMAT,
      previous: `${home}.previous`,
      changed: [],
      sealed: null,
    });
    expect(migrated(home)).toBe(true);
    expect(readFileSync(join(home, "note"), "utf8")).toBe("mine");
    expect(existsSync(join(home, "run", "server.json"))).toBe(false);
    expect(beside()).toEqual(["home", "home.previous"]);

    const back = await run(["rollback", "--json"]);
    expect(back.json()).toMatchObject({ home, data_format: DATA_FORMAT - 1 });
    expect(migrated(home)).toBe(false);
    expect(beside()).toEqual(["home", expect.stringMatching(/^home\.rolled-back-/)]);
    expect((await run(["rollback"])).stderr).toContain("no home from before an upgrade");
  });

  test.each([
    ["migration", /migration 7 failed: no such column/],
    ["forgets", /ended at data format/],
    ["start", /cannot start: no sandbox/],
    ["journal", /journal\.db: event 2 is missing/],
  ])("leaves the home untouched and no copy behind when there is a fault: %s", async (FAULT, said) => {
    const { home, run, beside } = place();
    const { code, stderr } = await run(["upgrade"], { FAULT });
    expect(code).toBe(1);
    expect(stderr).toMatch(said);
    expect(beside()).toEqual(["home"]);
    expect(readDataFormat(home)).toBe(DATA_FORMAT - 1);
    expect(migrated(home)).toBe(false);
    expect((await run(["journal", "--verify"])).code).toBe(0);
  });

  test.each([undefined, "migration"])(
    "stops a running server for it and starts it again, also after a failure: %s",
    async (fault) => {
      const { folder, home, run } = place();
      await serve(home, {});
      const ran = await run(["upgrade", "--json"], fault ? { FAULT: fault } : {});
      expect(ran.code).toBe(fault ? 1 : 0);
      expect(() => ran.json()).not.toThrow();
      expect(readFileSync(join(folder, "setup.log"), "utf8")).toBe("stop\nstart\n");
    },
  );

  test("has nothing to do where the data fit the program", async () => {
    const { run, beside } = place(DATA_FORMAT);
    expect((await run(["upgrade", "--json"])).json()).toMatchObject({ upgraded: false });
    expect(beside()).toEqual(["home"]);
  });

  test("refuses data of a newer program", async () => {
    const { run } = place(DATA_FORMAT + 1);
    const { code, stderr } = await run(["upgrade"]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/this program knows/)]);
  });

  test("keeps one previous home", async () => {
    const { home, run, beside } = place();
    await run(["upgrade"]);
    withDatabase(join(home, "fieldwork.db"), (db) =>
      db.exec(`UPDATE meta SET value = '${DATA_FORMAT - 1}'; DROP TABLE migrated`),
    );
    writeFileSync(join(home, "second"), "x");
    expect((await run(["upgrade"])).code).toBe(0);
    expect(beside()).toEqual(["home", "home.previous"]);
    expect(existsSync(join(home, "..", "home.previous", "second"))).toBe(true);
  });
});

test("start, stop and restart run the program's own scripts and stay one document with --json", async () => {
  const { folder, run } = place();
  expect((await run(["start"])).stdout).toBe("start said this\n");
  const json = await run(["restart", "--json"]);
  expect(json.json()).toEqual({ running: false, url: null, pid: null });
  expect(json.stderr).toBe("stop said this\nstart said this\n");
  expect((await run(["stop", "--json"])).json()).toEqual({ running: false });
  expect(readFileSync(join(folder, "setup.log"), "utf8")).toBe("start\nstop\nstart\nstop\n");
});
