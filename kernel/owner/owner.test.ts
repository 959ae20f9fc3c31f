import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../storage/index.ts";
import { createOwner, deriveKey, ownerMigrations } from "./index.ts";

function opened() {
  const folder = mkdtempSync(join(tmpdir(), "fw-owner-"));
  const db = openDatabase(join(folder, "a.db"), { migrations: ownerMigrations });
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { db, owner: createOwner(db, Date.now) };
}

test("the owner is proved by the password, in whatever form it was typed; it is not kept", async () => {
  const { db, owner } = opened();
  expect([owner.exists(), await owner.verify("anything")]).toEqual([false, false]);
  await owner.create("ann", "caf\u00e9 au lait");
  expect(owner.exists()).toBe(true);
  expect(await owner.verify("cafe\u0301 au lait")).toBe(true);
  expect(await owner.verify("cafe au lait")).toBe(false);
  const [row] = db.sql("SELECT * FROM accounts").all();
  for (const value of Object.values(row ?? {}))
    expect(Buffer.from(value as never).includes("lait")).toBe(false);
});

test("there is one owner, also when two are made at once", async () => {
  const { owner } = opened();
  const both = await Promise.allSettled([
    owner.create("ann", "one password"),
    owner.create("bob", "two password"),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(owner.create("eve", "three password")).rejects.toMatchObject({ code: "conflict" });
});

test("a changed password opens, the one before does not", async () => {
  const { owner } = opened();
  await expect(owner.change("two password")).rejects.toMatchObject({ code: "conflict" });
  await owner.create("ann", "one password");
  await owner.change("two password");
  expect([await owner.verify("one password"), await owner.verify("two password")]).toEqual([false, true]);
  expect(owner.show()).toMatchObject({ name: "ann" });
});

test("passwords are worked on one after the other, the urgent ones first, and a flood is refused", async () => {
  const salt = new Uint8Array(16);
  const order: string[] = [];
  const work = (name: string, urgent: boolean) => deriveKey(name, salt, urgent).then(() => order.push(name));
  const first = [work("first", false), work("second", false), work("third", false), work("urgent", true)];
  const flood = await Promise.allSettled(Array.from({ length: 20 }, () => deriveKey("flood", salt, false)));
  const refused = flood.filter((one) => one.status === "rejected");
  expect(refused).toHaveLength(6);
  for (const one of refused) expect(one.reason).toMatchObject({ code: "rate_limited" });
  await Promise.all(first);
  expect(order).toEqual(["first", "urgent", "second", "third"]);
});
