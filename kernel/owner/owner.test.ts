import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../storage/index.ts";
import { createOwner, ownerMigrations } from "./index.ts";

test("there is one owner, proved by the password in whatever form it was typed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "fw-owner-"));
  const db = openDatabase(join(folder, "a.db"), { migrations: ownerMigrations });
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const owner = createOwner(db, Date.now);
  expect([owner.exists(), await owner.verify("anything")]).toEqual([false, false]);
  const both = await Promise.allSettled([
    owner.create("ann", "caf\u00e9 au lait"),
    owner.create("bob", "another one"),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const [first] = both;
  const password = first?.status === "fulfilled" ? "cafe\u0301 au lait" : "another one";
  expect([owner.exists(), await owner.verify(password), await owner.verify(`${password} `)]).toEqual([
    true,
    true,
    false,
  ]);
  await expect(owner.create("eve", "third password")).rejects.toMatchObject({ code: "conflict" });
  expect(JSON.stringify(db.sql("SELECT * FROM accounts").all())).not.toContain("lait");
});
