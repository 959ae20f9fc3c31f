import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Migration } from "#contract";
import { copyDurably, createCheckpointer, openDatabase, writeDurably } from "./index.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fw-storage-"));
  path = join(folder, "a.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const first: Migration = { version: 1, sql: "CREATE TABLE t (x INTEGER);" };
const second: Migration = { version: 2, sql: "ALTER TABLE t ADD COLUMN y TEXT DEFAULT 'new';" };

test("a ladder is climbed once, and goes on where it ended", () => {
  const one = openDatabase(path, { migrations: [first] });
  expect(one.created).toBe(true);
  one.sql("INSERT INTO t VALUES (?)").run(1);
  one.close();
  const two = openDatabase(path, { migrations: [first, second] });
  expect(two.created).toBe(false);
  expect(two.sql("SELECT * FROM t").all()).toEqual([{ x: 1, y: "new" }]);
  two.close();
});

test("before a migration the whole of the data is in the one file, uncopied log included", () => {
  const one = openDatabase(path, { migrations: [first] });
  for (let x = 0; x < 100; x++) one.sql("INSERT INTO t VALUES (?)").run(x);
  // The process dies here: the log holds everything, the file nothing.
  for (const ending of ["", "-wal"]) copyDurably(`${path}${ending}`, join(folder, `dead.db${ending}`));
  one.close();
  const copy = join(folder, "copy.db");
  const two = openDatabase(join(folder, "dead.db"), {
    migrations: [first, second],
    beforeMigration: (at) => copyDurably(at, copy),
  });
  two.close();
  const old = new DatabaseSync(copy, { readOnly: true });
  expect(old.prepare("SELECT count(*) AS n, max(x) AS x FROM t").get()).toEqual({ n: 100, x: 99 });
  expect(() => old.prepare("SELECT y FROM t")).toThrow();
  old.close();
});

test("a new file and a file that is up to date are not copied", () => {
  const copied: string[] = [];
  const beforeMigration = (at: string) => copied.push(at);
  for (let n = 0; n < 2; n++) openDatabase(path, { migrations: [first], beforeMigration }).close();
  expect(copied).toEqual([]);
});

test("a migration whose backup fails does not begin", () => {
  openDatabase(path, { migrations: [first] }).close();
  const beforeMigration = () => {
    throw new Error("no space");
  };
  expect(() => openDatabase(path, { migrations: [first, second], beforeMigration })).toThrow("no space");
  const db = openDatabase(path, { migrations: [first] });
  expect(() => db.sql("SELECT y FROM t")).toThrow();
  db.close();
});

test("a migration that fails leaves the step before it", () => {
  const bad: Migration = { version: 2, sql: "ALTER TABLE t ADD COLUMN y; CREATE TABLE nonsense;" };
  expect(() => openDatabase(path, { migrations: [first, bad] })).toThrow();
  const db = openDatabase(path, { migrations: [first, second] });
  expect(db.sql("SELECT y FROM t").all()).toEqual([]);
  db.close();
});

test("a file written by a newer program is refused and left as it is", () => {
  openDatabase(path, { migrations: [first, second] }).close();
  const before = readFileSync(path);
  expect(() => openDatabase(path, { migrations: [first] })).toThrow(
    expect.objectContaining({ code: "home_invalid" }),
  );
  expect(readFileSync(path).equals(before)).toBe(true);
});

test("a damaged file is refused with a remedy, and nobody keeps it open", () => {
  writeFileSync(path, "this is not a database, and long enough to be looked at ".repeat(100));
  expect(() => openDatabase(path)).toThrow(
    expect.objectContaining({ code: "home_invalid", remedy: expect.stringContaining("fw restore") }),
  );
  rmSync(path);
  openDatabase(path, { migrations: [first] }).close();
});

test("a transaction is whole or nothing, also inside another", () => {
  const db = openDatabase(path, { migrations: [first] });
  const insert = (x: number) => db.sql("INSERT INTO t VALUES (?)").run(x);
  expect(() =>
    db.transaction(() => {
      insert(1);
      db.transaction(() => insert(2));
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(db.sql("SELECT * FROM t").all()).toEqual([]);
  db.transaction(() => insert(3));
  expect(db.sql("SELECT x FROM t").all()).toEqual([{ x: 3 }]);
  db.close();
});

test("many who want their commit on the disk share few syncs, and closing does not leave them waiting", async () => {
  const db = openDatabase(path, { migrations: [first] });
  const all: Promise<void>[] = [];
  for (let x = 0; x < 500; x++) {
    db.sql("INSERT INTO t VALUES (?)").run(x);
    all.push(db.durable());
  }
  expect(new Set(all).size).toBe(2);
  db.close();
  await Promise.all(all);
  await db.durable();
});

test("commits are told with their path, reads and roll-backs are not", () => {
  let told = 0;
  const db = openDatabase(path, {
    migrations: [first],
    wrote: (at) => {
      expect(at).toBe(path);
      told++;
    },
  });
  const during = (work: () => void) => {
    told = 0;
    work();
    return told;
  };
  expect(during(() => db.sql("INSERT INTO t VALUES (1)").run())).toBe(1);
  expect(during(() => db.sql("SELECT * FROM t").all())).toBe(0);
  expect(during(() => db.sql("DELETE FROM t WHERE x = 9").run())).toBe(0);
  expect(during(() => db.transaction(() => db.sql("INSERT INTO t VALUES (2)").run()))).toBeGreaterThan(0);
  db.close();
});

test("a long log is copied back by the checkpointer while the database is in use", async () => {
  const checkpointer = createCheckpointer();
  const db = openDatabase(path, { migrations: [first], wrote: checkpointer.wrote });
  db.exec("CREATE TABLE b (x BLOB)");
  for (let n = 0; n < 6; n++) db.sql("INSERT INTO b VALUES (zeroblob(1048576))").run();
  const whole = statSync(path).size + 4 * 1024 * 1024;
  for (let n = 0; n < 400 && statSync(path).size <= whole; n++) await sleep(50);
  expect(statSync(path).size).toBeGreaterThan(whole);
  db.close();
  await checkpointer.close();
});

test("a file written durably has mode 0600, replaces the old one whole, and leaves nothing beside it", () => {
  const file = join(folder, "key");
  writeFileSync(`${file}.new`, "left behind", { mode: 0o644 });
  writeDurably(file, "one");
  writeDurably(file, "two");
  expect(readFileSync(file, "utf8")).toBe("two");
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(existsSync(`${file}.new`)).toBe(false);
});
