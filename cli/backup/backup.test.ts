import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { DATA_FORMAT } from "#contract";
import { withHomeLocked } from "../home/index.ts";
import { freshPlace, fw } from "../test/fw.ts";
import { makeHome, withDatabase } from "../test/home.ts";
import { serve } from "../test/server.ts";
import { backupManifest, createBackup, finishSwap, validateBackup } from "./index.ts";

function homeWithData() {
  const place = freshPlace();
  makeHome(place.home, { events: 12 });
  for (const name of ["run", "logs", "tmp", "cache"]) {
    mkdirSync(join(place.home, name), { recursive: true });
    writeFileSync(join(place.home, name, "passing"), "x");
  }
  mkdirSync(join(place.home, "agents/notes.fwagent/workspace/deep"), { recursive: true });
  writeFileSync(join(place.home, "agents/notes.fwagent/workspace/deep/tea.txt"), "green");
  return place;
}

const memories = (home: string) =>
  withDatabase(join(home, "agents/notes.fwagent/state.db"), (db) =>
    db
      .prepare("SELECT text FROM memory")
      .all()
      .map((row) => row.text),
  );
const siblings = (home: string) =>
  readdirSync(join(home, ".."))
    .filter((name) => name !== "home")
    .sort();

async function backupOf(home: string, folder: string) {
  const path = join(folder, "backup");
  const ran = await fw(["backup", "--to", path, "--json"], { home });
  expect(ran.code).toBe(0);
  return path;
}

describe("fw backup without a server", () => {
  test("makes the folder named, with every file, its size and its hash, and without what is of the moment", async () => {
    const { home, folder } = homeWithData();
    const path = await backupOf(home, folder);
    const manifest = backupManifest.parse(JSON.parse(readFileSync(join(path, "backup.json"), "utf8")));
    expect(manifest.files.map((file) => file.path)).toEqual([
      "agents/notes.fwagent/agent.ts",
      "agents/notes.fwagent/manifest.json",
      "agents/notes.fwagent/state.db",
      "agents/notes.fwagent/workspace/deep/tea.txt",
      "fieldwork.db",
      "secrets.key",
      "journal.db",
    ]);
    expect(manifest.data_format).toBe(DATA_FORMAT);
    expect(statSync(join(path, "secrets.key")).mode & 0o777).toBe(0o600);
    await expect(validateBackup(path)).resolves.toMatchObject({ data_format: DATA_FORMAT });
  });

  test("holds what stands only in a write-ahead log, as after a crash", async () => {
    const { home, folder } = homeWithData();
    const state = join(home, "agents/notes.fwagent/state.db");
    const db = new DatabaseSync(state);
    onTestFinished(() => db.close());
    db.exec(
      "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; INSERT INTO memory VALUES ('only in the log')",
    );
    expect(statSync(`${state}-wal`).size).toBeGreaterThan(0);
    const path = await backupOf(home, folder);
    expect(memories(path)).toEqual(["tea", "only in the log"]);
    expect(readdirSync(join(path, "agents/notes.fwagent")).filter((name) => name.includes("-wal"))).toEqual(
      [],
    );
  });

  test("goes into the home's backups/ by itself, without the backups before it", async () => {
    const { home } = homeWithData();
    const first = (await fw(["backup", "--json"], { home })).json() as { path: string };
    expect(first.path.startsWith(join(home, "backups"))).toBe(true);
    const second = await createBackup(home, undefined, new Date(Date.now() + 60_000));
    expect(second.files).toBe(7);
    expect(readdirSync(join(home, "backups")).length).toBe(2);
  });

  test("leaves nothing behind when a database is damaged, and says which", async () => {
    const { home, folder } = homeWithData();
    const bytes = readFileSync(join(home, "journal.db"));
    writeFileSync(join(home, "journal.db"), Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(50, 0xff)]));
    const { code, stderr } = await fw(["backup", "--to", join(folder, "b")], { home });
    expect(code).toBe(1);
    expect(stderr).toContain("journal.db");
    expect(siblings(home)).toEqual([]);
  });

  test("does not follow links, and says so", async () => {
    const { home, folder } = homeWithData();
    writeFileSync(join(folder, "outside"), "secret");
    symlinkSync(join(folder, "outside"), join(home, "agents/notes.fwagent/workspace/link"));
    const { skipped } = await createBackup(home, join(folder, "b"), new Date());
    expect(skipped).toEqual(["agents/notes.fwagent/workspace/link"]);
  });

  test.each(["agents/b", "."])("refuses to stand inside what it copies: %s", async (to) => {
    const { home } = homeWithData();
    expect((await fw(["backup", "--to", join(home, to)], { home })).code).toBe(1);
  });
});

describe("fw restore", () => {
  test("brings everything back and keeps the home as it was", async () => {
    const { home, folder } = homeWithData();
    const path = await backupOf(home, folder);
    withDatabase(join(home, "agents/notes.fwagent/state.db"), (db) => db.exec("DELETE FROM memory"));
    writeFileSync(join(home, "later"), "x");
    mkdirSync(join(home, "backups"));
    const ran = await fw(["restore", path, "--json"], { home });
    expect(ran.stderr).toBe("");
    const { kept, files } = ran.json() as { kept: string; files: number };
    expect(files).toBe(7);
    expect(memories(home)).toEqual(["tea"]);
    expect(existsSync(join(home, "later"))).toBe(false);
    expect(readFileSync(join(kept, "later"), "utf8")).toBe("x");
    expect(existsSync(join(home, "backups"))).toBe(true);
    expect(statSync(home).mode & 0o777).toBe(0o700);
    expect((await fw(["journal", "--verify"], { home })).code).toBe(0);
  });

  test("works from the home's own backups/, which stay with the home", async () => {
    const { home } = homeWithData();
    const { path } = (await fw(["backup", "--json"], { home })).json() as { path: string };
    expect((await fw(["restore", path], { home })).code).toBe(0);
    expect((await fw(["restore", path], { home })).code).toBe(0);
  });

  test("works where there is no home any more", async () => {
    const { home, folder } = homeWithData();
    const path = await backupOf(home, folder);
    rmSync(home, { recursive: true });
    expect((await fw(["restore", path, "--json"], { home })).json()).toMatchObject({ kept: null, files: 7 });
    expect(memories(home)).toEqual(["tea"]);
  });

  test.each<[string, (path: string) => void, RegExp]>([
    [
      "an altered file",
      (path) => writeFileSync(join(path, "secrets.key"), "K".repeat(32)),
      /secrets\.key: was altered/,
    ],
    ["a missing file", (path) => rmSync(join(path, "journal.db")), /journal\.db: is missing/],
    [
      "a shortened file",
      (path) => writeFileSync(join(path, "secrets.key"), "k"),
      /has 1 bytes instead of 32/,
    ],
    ["a link in place of a file", (path) => link(path), /not a regular file/],
    [
      "a list that climbs out",
      (path) => edit(path, (text) => text.replace("secrets.key", "../secrets.key")),
      /not a relative path/,
    ],
    [
      "a list that names a file twice",
      (path) => edit(path, (text) => text.replace("journal.db", "fieldwork.db")),
      /twice/,
    ],
    ["a list that is garbled", (path) => edit(path, (text) => text.slice(0, 50)), /cannot be read/],
    ["no list", (path) => rmSync(join(path, "backup.json")), /not a backup/],
    [
      "a newer data format",
      (path) => edit(path, (text) => text.replace(`"data_format": ${DATA_FORMAT}`, '"data_format": 99')),
      /data format 99/,
    ],
    ["a journal altered before the backup", (path) => alterJournal(path), /journal\.db: event 3 was altered/],
  ])("refuses a backup with %s and touches nothing", async (_, spoil, said) => {
    const { home, folder } = homeWithData();
    const path = await backupOf(home, folder);
    spoil(path);
    const before = JSON.stringify(tree(home));
    const { code, stderr } = await fw(["restore", path], { home });
    expect(code).toBe(1);
    expect(stderr).toMatch(said);
    expect(JSON.stringify(tree(home))).toBe(before);
    expect(siblings(home)).toEqual(["backup"]);
  });

  test("refuses while the server runs", async () => {
    const { home, folder } = homeWithData();
    const path = await backupOf(home, folder);
    await serve(home, {});
    const { code, stderr } = await fw(["restore", path], { home });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/server is running[\s\S]*fw stop/)]);
  });

  test("refuses while another process holds the home, although it wrote no run file", async () => {
    const { home, folder } = homeWithData();
    const path = await backupOf(home, folder);
    await withHomeLocked(home, async () => {
      for (const args of [
        ["restore", path],
        ["backup", "--to", join(folder, "b")],
      ]) {
        const { code, stderr } = await fw(args, { home });
        expect([code, stderr]).toEqual([1, expect.stringMatching(/Another process is using the home/)]);
      }
    });
    expect((await fw(["restore", path], { home })).code).toBe(0);
  });

  test("leaves the home alone when the disk is full", async ({ skip }) => {
    const { home, folder } = homeWithData();
    writeFileSync(join(home, "big"), Buffer.alloc(3 << 20, 1));
    const path = await backupOf(home, folder);
    const small = join(folder, "small");
    mkdirSync(small);
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", small]).status !== 0)
      skip("needs the right to mount");
    onTestFinished(() => void spawnSync("umount", [small]));
    const other = join(small, "home");
    mkdirSync(other);
    writeFileSync(join(other, "mine"), "x");
    const { code, stderr } = await fw(["restore", path], { home: other });
    expect(code).toBe(1);
    expect(stderr).toMatch(/ENOSPC|no space/i);
    expect(readdirSync(small)).toEqual(["home"]);
    expect(readdirSync(other)).toEqual(["mine", "run"]);
  });
});

describe("an exchange of the home that was killed in the middle", () => {
  const setting = () => {
    const { home, folder } = homeWithData();
    const next = `${home}.restoring-x`;
    const kept = `${home}.before-restore-x`;
    mkdirSync(next);
    writeFileSync(join(next, "new"), "x");
    mkdirSync(join(home, "backups"));
    writeFileSync(`${home}.swap.json`, JSON.stringify({ next, kept, pid: 4_194_303 }));
    return { home, folder, next, kept };
  };

  test("between the two renames is completed by the next command", async () => {
    const { home, kept } = setting();
    renameSync(home, kept);
    const { stderr } = await fw(["status"], { home });
    expect(stderr).toContain("completed");
    expect(readdirSync(home).sort()).toEqual(["backups", "logs", "new"]);
    expect(siblings(home)).toEqual(["home.before-restore-x"]);
  });

  test("before the first rename leaves the home as it is", async () => {
    const { home, next } = setting();
    expect(await finishSwap(home)).toBe(true);
    expect(existsSync(join(home, "journal.db"))).toBe(true);
    expect(existsSync(next)).toBe(true);
    expect(await finishSwap(home)).toBe(false);
  });

  test("after both renames only the rest is done", async () => {
    const { home, next, kept } = setting();
    renameSync(home, kept);
    renameSync(next, home);
    await finishSwap(home);
    expect(existsSync(join(home, "backups"))).toBe(true);
    expect(existsSync(`${home}.swap.json`)).toBe(false);
  });

  test("with a plan that points elsewhere is refused", async () => {
    const { home } = setting();
    writeFileSync(`${home}.swap.json`, JSON.stringify({ next: "/etc", kept: `${home}.x`, pid: 1 }));
    await expect(finishSwap(home)).rejects.toThrow("not readable");
  });
});

function tree(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(
      (entry) =>
        `${join(entry.parentPath, entry.name)} ${readFileSync(join(entry.parentPath, entry.name)).toString("base64")}`,
    )
    .sort();
}

function edit(path: string, change: (text: string) => string): void {
  const file = join(path, "backup.json");
  chmodSync(file, 0o600);
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

function link(path: string): void {
  renameSync(join(path, "secrets.key"), join(path, "elsewhere"));
  symlinkSync(join(path, "elsewhere"), join(path, "secrets.key"));
}

/** A backup whose list is right, of a journal that was wrong already. */
function alterJournal(path: string): void {
  withDatabase(join(path, "journal.db"), (db) => {
    db.exec("PRAGMA journal_mode=DELETE; UPDATE events SET actor = 'x' WHERE seq = 3");
  });
  const { createHash } = process.getBuiltinModule("node:crypto");
  const bytes = readFileSync(join(path, "journal.db"));
  edit(path, (text) => {
    const manifest = backupManifest.parse(JSON.parse(text));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const files = manifest.files.map((file) =>
      file.path === "journal.db" ? { path: file.path, size: bytes.length, sha256 } : file,
    );
    return JSON.stringify({ ...manifest, files });
  });
}
