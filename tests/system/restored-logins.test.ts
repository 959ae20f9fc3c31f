import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fw } from "../../cli/test/fw.ts";
import { sessionCookies } from "../panel/session.ts";
import { type System, startSystem } from "../support/system.ts";

let place: string;
let running: System[];
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "fw-restored-"));
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
const cookieOf = async (system: System) =>
  (await sessionCookies(system)).map(({ name, value }) => `${name}=${value}`).join("; ");
const status = async (system: System, headers: Readonly<Record<string, string>>) =>
  (await fetch(`${system.url}/api/account/sessions`, { headers })).status;
const bearer = (value: string) => ({ authorization: `Bearer ${value}` });
const gatewayKeys = async (system: System) =>
  (await system.result<{ keys: { name: string }[] }>("model.keys")).keys.map(({ name }) => name);
const makeToken = (system: System, name: string, scopes = ["account.session.list"]) =>
  system.result<{ token: { id: string }; value: string }>("account.token.make", { name, scopes });

test("a restored backup brings back neither sessions nor what was revoked since", {
  timeout: 240_000,
}, async () => {
  const home = join(place, "home");
  const system = await start(home);
  const cookie = await cookieOf(system);
  expect(await status(system, { cookie })).toBe(200);
  const kept = await makeToken(system, "kept");
  const revoked = await makeToken(system, "revoked");
  const narrowed = await makeToken(system, "narrowed", ["account.session.list", "agent.list"]);
  for (const name of ["stays", "goes"]) await system.result("model.key", { name });
  const to = join(place, "backup");
  await system.result("system.backup", { to });
  await system.result("account.token.revoke", { id: revoked.token.id });
  await system.result("account.token.narrow", { id: narrowed.token.id, scopes: ["agent.list"] });
  await system.result("model.key", { name: "goes", revoke: true });
  const later = await makeToken(system, "later");
  expect(await system.stop()).toBe(0);

  expect((await fw(["restore", to], { home })).code).toBe(0);
  const next = await start(home);
  expect(await status(next, { cookie })).toBe(401);
  expect(await status(next, bearer(kept.value))).toBe(200);
  expect(await status(next, bearer(revoked.value))).toBe(401);
  expect(await status(next, bearer(later.value))).toBe(401);
  expect(await status(next, bearer(narrowed.value))).toBe(403);
  expect(await gatewayKeys(next)).toEqual(["stays"]);
  expect(existsSync(join(home, "restored.json"))).toBe(false);

  // It is settled once: what begins from then on stays.
  const after = await cookieOf(next);
  expect(await next.stop()).toBe(0);
  const again = await start(home);
  expect(await status(again, { cookie: after })).toBe(200);
});

test("on a machine that never had the home nobody comes in by what the backup holds but with the password", {
  timeout: 240_000,
}, async () => {
  const system = await start(join(place, "home"));
  const cookie = await cookieOf(system);
  const token = await makeToken(system, "program");
  await system.result("model.key", { name: "program" });
  const to = join(place, "backup");
  await system.result("system.backup", { to });

  const home = join(place, "elsewhere");
  expect((await fw(["restore", to], { home })).code).toBe(0);
  const next = await start(home);
  expect(await status(next, { cookie })).toBe(401);
  expect(await status(next, bearer(token.value))).toBe(401);
  expect(await gatewayKeys(next)).toEqual([]);
  expect(await status(next, { cookie: await cookieOf(next) })).toBe(200);
});

test("taking an upgrade back ends sessions that were ended since", { timeout: 240_000 }, async () => {
  const home = join(place, "home");
  const system = await start(home);
  const cookie = await cookieOf(system);
  const token = await makeToken(system, "program");
  expect(await system.stop()).toBe(0);
  const formed = (at: string) => {
    using db = new DatabaseSync(join(at, "fieldwork.db"));
    db.exec("UPDATE meta SET value = '0' WHERE key = 'data_format'");
  };
  formed(home);
  expect((await fw(["upgrade"], { home })).code).toBe(0);
  const upgraded = await start(home);
  expect(await status(upgraded, { cookie })).toBe(200);
  await upgraded.result("account.session.revoke", { others: true });
  await upgraded.result("account.token.revoke", { id: token.token.id });
  expect(await upgraded.stop()).toBe(0);
  expect((await fw(["rollback"], { home })).code).toBe(0);
  expect((await fw(["upgrade"], { home })).code).toBe(0);
  const back = await start(home);
  expect(await status(back, { cookie })).toBe(401);
  expect(await status(back, bearer(token.value))).toBe(401);
});
