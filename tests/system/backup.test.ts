import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fw } from "../../cli/test/fw.ts";
import { type System, startSystem, until } from "../support/system.ts";
import { ask, command, inbox } from "./agents.ts";
import { addLoadModules, nothingKnown, putUnderLoad } from "./load.ts";

let place: string;
let running: System[];
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "fw-backup-"));
  running = [];
});
afterEach(async () => {
  for (const one of running) await one.end();
  rmSync(place, { recursive: true, force: true });
});
const start = async (home: string) => {
  const system = await startSystem({ home });
  running.push(system);
  return system;
};

test("a backup made under load is restored elsewhere, starts, and holds what was accepted before it", {
  timeout: 120_000,
}, async () => {
  const system = await start(join(place, "home"));
  await addLoadModules(system);
  const known = nothingKnown();
  const load = putUnderLoad(system, known);
  await until("there is something to keep", () => known.accepted.size > 50);
  const before = new Map(known.accepted);
  const counted = new Map([...known.counters].map(([k, { answered }]) => [k, answered]));
  const to = join(place, "kept");
  const made = await command(system, ["backup", "--to", to]);
  expect(made.code, made.stderr).toBe(0);
  const during = known.accepted.size - before.size;
  await load.stop();
  expect(during, "the system goes on while it is copied").toBeGreaterThan(0);

  const home = join(place, "restored");
  const restored = await fw(["restore", to], { home });
  expect(restored.code, restored.stderr).toBe(0);
  const next = await start(home);
  expect(await next.result("journal.verify")).toMatchObject({ ok: true });
  await until("what was open is done", async () => {
    const all = await inbox(next, "worker");
    return all.every((mail) => mail.state === "done" || mail.state === "failed");
  });
  expect(await next.stop()).toBe(0);
  const db = new DatabaseSync(join(home, "agents", "worker.fwagent", "state.db"), { readOnly: true });
  const ids = new Set((db.prepare("SELECT id FROM inbox").all() as { id: string }[]).map(({ id }) => id));
  const values = new Map(
    (db.prepare("SELECT k, v FROM store_kv").all() as { k: string; v: string }[]).map(({ k, v }) => [
      k,
      Number(v),
    ]),
  );
  db.close();
  expect([...before.values()].filter((id) => !ids.has(id))).toEqual([]);
  for (const [k, answered] of counted) expect(values.get(k) ?? 0, k).toBeGreaterThanOrEqual(answered);
  for (const [k, times] of values) if (k.startsWith("handled:")) expect(times, k).toBe(1);

  const again = await start(home);
  const [, , version] = await ask<string[]>(again, "versioned", "version");
  expect(["1.0.0", "2.0.0"]).toContain(version);
});

test("secrets, grants and settings come back with a backup; into a home in use it is refused", {
  timeout: 120_000,
}, async () => {
  const home = join(place, "home");
  const system = await start(home);
  await system.result("secret.set", { name: "KEY", value: "s3cr3t-value", hosts: ["example.com"] });
  await system.result("setting.set", { key: "limits.calls_per_second", value: 777 });
  const to = join(place, "kept");
  expect((await command(system, ["backup", "--to", to])).code).toBe(0);
  const refused = await fw(["restore", to], { home });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("running");
  await system.result("secret.delete", { name: "KEY" });
  expect(await system.stop()).toBe(0);
  expect((await fw(["restore", to], { home })).code).toBe(0);
  const next = await start(home);
  const { secrets } = await next.result<{ secrets: { name: string }[] }>("secret.list");
  expect(secrets.map(({ name }) => name)).toEqual(["KEY"]);
  const { settings } = await next.result<{ settings: { key: string; value: unknown }[] }>("setting.list");
  expect(settings.find(({ key }) => key === "limits.calls_per_second")?.value).toBe(777);
  expect(readFileSync(join(to, "fieldwork.db")).includes("s3cr3t-value")).toBe(false);
});

test("older data are brought to the present form on a copy with `fw upgrade`, and `fw rollback` goes back to them", {
  timeout: 120_000,
}, async () => {
  const home = join(place, "home");
  const system = await start(home);
  await addLoadModules(system);
  await ask(system, "worker", "add", { k: "before" });
  expect(await system.stop()).toBe(0);
  const db = new DatabaseSync(join(home, "fieldwork.db"));
  db.exec("UPDATE meta SET value = '0' WHERE key = 'data_format'");
  db.close();

  const upgraded = await fw(["upgrade", "--json"], { home });
  expect(upgraded.code, upgraded.stderr).toBe(0);
  expect(upgraded.json()).toMatchObject({ upgraded: true, from: 0 });
  const next = await start(home);
  expect(await ask(next, "worker", "add", { k: "before" })).toBe(2);
  expect(await next.result("journal.verify")).toMatchObject({ ok: true });
  expect(await next.stop()).toBe(0);

  const back = await fw(["rollback"], { home });
  expect(back.code, back.stderr).toBe(0);
  const older = new DatabaseSync(join(home, "fieldwork.db"), { readOnly: true });
  expect(older.prepare("SELECT value FROM meta WHERE key = 'data_format'").get()).toEqual({ value: "0" });
  older.close();
  await expect(start(home)).rejects.toThrow(/have form 0[\s\S]*fw upgrade/);
  expect((await fw(["upgrade"], { home })).code).toBe(0);
  const last = await start(home);
  expect(await ask(last, "worker", "add", { k: "before" })).toBe(2);
});

test("a backup that the server is killed in leaves no half one, and the next works", {
  timeout: 120_000,
}, async () => {
  const home = join(place, "home");
  const system = await start(home);
  await addLoadModules(system);
  const to = join(place, "kept");
  const cut = command(system, ["backup", "--to", to]);
  await sleep(30);
  await system.kill();
  const { code } = await cut;
  if (code !== 0) expect(existsSync(join(to, "backup.json"))).toBe(false);
  const next = await start(home);
  const again = await command(next, ["backup", "--to", join(place, "kept-again")]);
  expect(again.code, again.stderr).toBe(0);
  expect(existsSync(join(place, "kept-again", "backup.json"))).toBe(true);
});
