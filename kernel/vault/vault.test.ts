import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type OpenDatabase, openDatabase } from "../storage/index.ts";
import { createVault, type KeyRing, openKeyRing, vaultMigrations } from "./index.ts";

let folder: string;
let db: OpenDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fw-vault-"));
  db = openDatabase(join(folder, "fieldwork.db"), { migrations: vaultMigrations });
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const keyFile = () => join(folder, "master.key");
const vaultOn = (ring: KeyRing, rekeyed?: () => void) => createVault(db, ring, Date.now, rekeyed);
const code = (expected: string) => expect.objectContaining({ code: expected });

test("a secret is encrypted at rest and goes out for its hosts only", async () => {
  const vault = vaultOn(openKeyRing(keyFile(), undefined));
  vault.set("TOKEN", "s3cr3t-value", ["api.example", "*.Sub.example"]);
  vault.set("FREE", "anywhere", []);
  expect(vault.reveal("TOKEN", "api.example")).toBe("s3cr3t-value");
  expect(vault.reveal("TOKEN", "a.sub.example")).toBe("s3cr3t-value");
  for (const host of ["evil.example", "api.example.evil", "sub.example", "asub.example", ""])
    expect(() => vault.reveal("TOKEN", host)).toThrow(code("denied"));
  expect(vault.reveal("FREE", "")).toBe("anywhere");
  expect(() => vault.reveal("NONE", "x")).toThrow(code("not_found"));
  expect(JSON.stringify(vault.list())).not.toContain("s3cr3t");
  await db.durable();
  for (const ending of ["", "-wal"])
    expect(readFileSync(join(folder, `fieldwork.db${ending}`)).includes("s3cr3t-value")).toBe(false);
});

test("a value moved under another name, or altered, does not open", () => {
  const vault = vaultOn(openKeyRing(keyFile(), undefined));
  vault.set("A", "one", []);
  vault.set("B", "two", []);
  db.exec(
    "UPDATE secrets SET (nonce, box) = (SELECT nonce, box FROM secrets WHERE name = 'A') WHERE name = 'B'",
  );
  expect(() => vault.reveal("B", "x")).toThrow(code("unavailable"));
  expect(vault.reveal("A", "x")).toBe("one");
});

test("the key file is made with mode 0600, and put right where it is wider", () => {
  openKeyRing(keyFile(), undefined);
  expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  chmodSync(keyFile(), 0o644);
  openKeyRing(keyFile(), undefined);
  expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
});

test("a damaged or emptied key file is refused, never replaced", () => {
  for (const text of ["", "\n", "abc\n", `${"g".repeat(64)}\n`]) {
    writeFileSync(keyFile(), text);
    expect(() => openKeyRing(keyFile(), undefined)).toThrow(code("home_invalid"));
    expect(readFileSync(keyFile(), "utf8")).toBe(text);
  }
});

test("without its key a secret is unavailable, and says how to mend that", () => {
  vaultOn(openKeyRing(keyFile(), undefined)).set("A", "one", []);
  rmSync(keyFile());
  const vault = vaultOn(openKeyRing(keyFile(), undefined));
  expect(() => vault.reveal("A", "x")).toThrow(code("unavailable"));
  vault.set("A", "again", []);
  expect(vault.reveal("A", "x")).toBe("again");
});

test("a key from the environment leaves no file and is not rotated", async () => {
  const ring = openKeyRing(keyFile(), "AB".repeat(32));
  const vault = vaultOn(ring);
  vault.set("A", "one", []);
  await expect(vault.rotate()).rejects.toThrow(code("conflict"));
  expect(vault.reveal("A", "x")).toBe("one");
  expect(existsSync(keyFile())).toBe(false);
  expect(() => openKeyRing(keyFile(), "short")).toThrow(code("home_invalid"));
});

test("rotation leaves one new key under which all secrets open", async () => {
  const vault = vaultOn(openKeyRing(keyFile(), undefined));
  vault.set("A", "one", ["h"]);
  vault.set("B", "two", []);
  const before = readFileSync(keyFile(), "utf8");
  expect(await vault.rotate()).toBe(2);
  const after = readFileSync(keyFile(), "utf8");
  expect(after).not.toContain(before.trim());
  expect(after.trim().split("\n")).toHaveLength(1);
  const again = vaultOn(openKeyRing(keyFile(), undefined));
  expect([again.reveal("A", "h"), again.reveal("B", "x")]).toEqual(["one", "two"]);
});

test("rotations asked for at once come one after the other", async () => {
  const vault = vaultOn(openKeyRing(keyFile(), undefined));
  vault.set("A", "one", []);
  const all = [vault.rotate(), vault.rotate(), vault.rotate()];
  vault.set("B", "two", []);
  await Promise.all(all);
  const again = vaultOn(openKeyRing(keyFile(), undefined));
  expect([again.reveal("A", "x"), again.reveal("B", "x")]).toEqual(["one", "two"]);
});

/** A ring that dies at a step; what it had written stays. */
const dying = (ring: KeyRing, at: "add" | "keepOnly", when: "before" | "after"): KeyRing => ({
  ...ring,
  [at](id: string) {
    if (when === "after") (ring[at] as (id: string) => unknown)(id);
    throw new Error("died");
  },
});

test.each([
  ["before the new key is there", (ring: KeyRing) => vaultOn(dying(ring, "add", "before"))],
  ["after the new key is there", (ring: KeyRing) => vaultOn(dying(ring, "add", "after"))],
  [
    "after all is encrypted anew",
    (ring: KeyRing) =>
      vaultOn(ring, () => {
        throw new Error("died");
      }),
  ],
  ["before the old keys go", (ring: KeyRing) => vaultOn(dying(ring, "keepOnly", "before"))],
  ["after the old keys went", (ring: KeyRing) => vaultOn(dying(ring, "keepOnly", "after"))],
])("a death %s loses nothing, and the next rotation clears up", async (_, dies) => {
  const ring = openKeyRing(keyFile(), undefined);
  vaultOn(ring).set("A", "one", []);
  await expect(dies(ring).rotate()).rejects.toThrow("died");
  const vault = vaultOn(openKeyRing(keyFile(), undefined));
  expect(vault.reveal("A", "x")).toBe("one");
  await vault.rotate();
  expect(readFileSync(keyFile(), "utf8").trim().split("\n")).toHaveLength(1);
  expect(vaultOn(openKeyRing(keyFile(), undefined)).reveal("A", "x")).toBe("one");
});
