import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { metaMigrations } from "../home/index.ts";
import { type OpenDatabase, openDatabase } from "../storage/index.ts";
import { createVault, type KeyRing, openKeyRing, vaultMigrations } from "../vault/index.ts";
import { createGuardian, createPin, type Guardian } from "./index.ts";

const PASSWORD = "a long password";

let folder: string;
let root: string;
let db: OpenDatabase;
let ring: KeyRing;
let changed: ReturnType<typeof vi.fn<(safeMode: boolean, problems: readonly string[]) => void>>;
const open: Guardian[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fw-guardian-"));
  root = join(folder, "program");
  for (const path of ["contract", "kernel/deep/fixtures"]) mkdirSync(join(root, path), { recursive: true });
  for (const path of [
    "contract/a.ts",
    "kernel/b.ts",
    "kernel/deep/c.ts",
    "kernel/b.test.ts",
    "kernel/deep/fixtures/d.ts",
  ])
    writeFileSync(join(root, path), path);
  db = openDatabase(join(folder, "fieldwork.db"), {
    ladders: { meta: metaMigrations, secrets: vaultMigrations },
  });
  ring = openKeyRing(join(folder, "master.key"), undefined);
});
afterEach(() => {
  for (const one of open.splice(0)) one.close();
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const seal = () => join(folder, "seal.json");
const key = () => join(folder, "seal.key");
const edit = (path: string, text = "other") => writeFileSync(join(root, path), text);

/** A start of the system. */
async function started(): Promise<Guardian> {
  changed = vi.fn<(safeMode: boolean, problems: readonly string[]) => void>();
  const guardian = createGuardian({
    root,
    sealFile: seal(),
    keyFile: key(),
    pin: createPin(db),
    ring,
    now: Date.now,
    changed,
  });
  open.push(guardian);
  await guardian.check();
  return guardian;
}

test("the first start seals the core, and the next finds it as it was", async () => {
  expect((await started()).safeMode()).toBe(false);
  expect(Object.keys(JSON.parse(readFileSync(seal(), "utf8")).files)).toEqual([
    "contract/a.ts",
    "kernel/b.ts",
    "kernel/deep/c.ts",
  ]);
  if (process.platform !== "win32") expect(statSync(key()).mode & 0o777).toBe(0o600);
  const again = await started();
  expect([again.safeMode(), again.problems()]).toEqual([false, []]);
  expect(changed).not.toHaveBeenCalled();
});

test.each([
  ["kernel/b.ts was changed", () => edit("kernel/b.ts")],
  ["contract/a.ts is missing", () => rmSync(join(root, "contract/a.ts"))],
  ["kernel/deep/e.ts was added", () => edit("kernel/deep/e.ts")],
])("%s while it was stopped: safe mode, which says so", async (problem, change) => {
  await started();
  change();
  const guardian = await started();
  expect([guardian.safeMode(), guardian.problems()]).toEqual([true, [problem]]);
  expect(changed).toHaveBeenCalledWith(true, [problem]);
});

test("tests and fixtures are not the core", async () => {
  await started();
  edit("kernel/b.test.ts");
  edit("kernel/deep/fixtures/d.ts");
  expect((await started()).safeMode()).toBe(false);
});

test("deleting the seal, or its key with it, does not make a new one", async () => {
  await started();
  edit("kernel/b.ts");
  rmSync(seal());
  expect((await started()).problems()).toEqual(["the seal is missing"]);
  rmSync(key());
  expect((await started()).problems()).toEqual(["the seal is missing"]);
  expect(existsSync(seal())).toBe(false);
});

test("an edited seal, and one made elsewhere with another key, do not hold", async () => {
  await started();
  const mine = readFileSync(seal(), "utf8");
  writeFileSync(seal(), mine.replace(/"kernel\/b.ts": "./, '"kernel/b.ts": "x'));
  expect((await started()).problems()[0]).toContain("signature");
  const elsewhere = join(folder, "elsewhere");
  mkdirSync(elsewhere);
  const otherDb = openDatabase(join(elsewhere, "a.db"), { migrations: metaMigrations });
  const other = createGuardian({
    root,
    sealFile: join(elsewhere, "seal.json"),
    keyFile: join(elsewhere, "seal.key"),
    pin: createPin(otherDb),
    ring,
    now: Date.now,
    changed: () => {},
  });
  await other.check();
  otherDb.close();
  cpSync(join(elsewhere, "seal.json"), seal());
  expect((await started()).problems()).toEqual(["the seal was made with another key"]);
  writeFileSync(seal(), "{");
  expect((await started()).problems()).toEqual(["the seal cannot be read"]);
  writeFileSync(seal(), mine);
  expect((await started()).safeMode()).toBe(false);
});

test("a death between the key and the seal at the first start leaves a start like the first", async () => {
  await started();
  rmSync(seal());
  db.exec("DELETE FROM meta");
  expect((await started()).safeMode()).toBe(false);
  expect((await started()).safeMode()).toBe(false);
});

test("a change while it runs is noticed, in folders inside too, and so is its undoing", async () => {
  const guardian = await started();
  guardian.watch();
  edit("kernel/deep/c.ts");
  await expect.poll(() => guardian.problems()).toEqual(["kernel/deep/c.ts was changed"]);
  edit("kernel/deep/c.ts", "kernel/deep/c.ts");
  await expect.poll(() => guardian.safeMode()).toBe(false);
  expect(changed.mock.calls.map(([safe]) => safe)).toEqual([true, false]);
});

test("a core that cannot be read is a problem, not a crash", async () => {
  await started();
  renameSync(join(root, "contract"), join(root, "gone"));
  expect((await started()).problems()[0]).toContain("cannot be read");
});

test("only the owner's password seals anew", async () => {
  let guardian = await started();
  await expect(guardian.reseal(PASSWORD)).rejects.toMatchObject({ code: "conflict" });
  await guardian.protect(PASSWORD);
  await guardian.protect("another, which changes nothing");
  edit("kernel/b.ts");
  guardian = await started();
  await expect(guardian.reseal("wrong password")).rejects.toMatchObject({ code: "denied" });
  expect(guardian.safeMode()).toBe(true);
  expect(await guardian.reseal(PASSWORD)).toBe(3);
  expect(guardian.safeMode()).toBe(false);
  expect((await started()).safeMode()).toBe(false);
});

test("without its key the seal cannot be made anew, and that is said", async () => {
  const guardian = await started();
  rmSync(key());
  await expect(guardian.reseal(PASSWORD)).rejects.toMatchObject({
    code: "conflict",
    remedy: expect.stringContaining("backup"),
  });
});

test("rotating the master key before there is an owner keeps the seal's key usable", async () => {
  const guardian = await started();
  await createVault(db, ring, Date.now, () => guardian.rekey()).rotate();
  ring = openKeyRing(join(folder, "master.key"), undefined);
  const next = await started();
  await next.protect(PASSWORD);
  expect(await next.reseal(PASSWORD)).toBe(3);
});

test("the key opens with another password once that was changed, and no more with the one before", async () => {
  const guardian = await started();
  await guardian.protect(PASSWORD);
  await expect(guardian.reprotect("not this one", "another password")).rejects.toMatchObject({
    code: "conflict",
  });
  await guardian.reprotect(PASSWORD, "another password");
  await expect(guardian.reseal(PASSWORD)).rejects.toMatchObject({ code: "denied" });
  expect(await guardian.reseal("another password")).toBe(3);
  await guardian.reprotect(PASSWORD, "another password");
});

test("a key made anew for a forgotten password seals the core as it was sealed: what was changed since stays seen", async () => {
  const guardian = await started();
  await guardian.protect(PASSWORD);
  await guardian.renewKey("another password");
  expect((await started()).safeMode()).toBe(false);
  edit("kernel/b.ts");
  const changed = await started();
  await changed.renewKey("a third password");
  expect(changed.problems()).toEqual(["kernel/b.ts was changed"]);
  await expect(changed.reseal(PASSWORD)).rejects.toMatchObject({ code: "denied" });
  await changed.reseal("a third password");
  expect((await started()).safeMode()).toBe(false);
});

test("a seal that did not hold is not made good by a new key", async () => {
  await (await started()).protect(PASSWORD);
  rmSync(seal());
  const without = await started();
  await without.renewKey("another password");
  expect(without.safeMode()).toBe(true);
  expect((await started()).problems()).toEqual(["the seal is missing"]);
  writeFileSync(seal(), "{}");
  const broken = await started();
  await broken.renewKey("another password");
  expect((await started()).safeMode()).toBe(true);
});
