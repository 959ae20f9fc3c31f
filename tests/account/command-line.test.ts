import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { AccountSession, ApiToken, Event, Health } from "#contract";
import { fw } from "../../cli/test/fw.ts";
import { type System, startSystem } from "../support/system.ts";
import { PASSWORD, send } from "./support.ts";

let system: System | undefined;
afterEach(async () => {
  await system?.end();
  system = undefined;
});

async function withOwner(): Promise<{
  now: System;
  run: (words: readonly string[], input?: string) => ReturnType<typeof fw>;
}> {
  const now = await startSystem();
  system = now;
  const run = (words: readonly string[], input = "") => fw(words, { home: now.home, input });
  expect((await run(["setup", "--owner", "ann", "--password-stdin"], PASSWORD)).code).toBe(0);
  return { now, run };
}
async function login(now: System, password: string): Promise<number> {
  const { port, host } = new URL(now.url);
  const { status } = await send(
    Number(port),
    "POST",
    "/api/account/login",
    { password },
    { host, origin: now.url },
  );
  return status;
}

test("`fw account` shows who is signed in, ends sessions and changes the password", async () => {
  const { now, run } = await withOwner();
  expect(await login(now, PASSWORD)).toBe(200);
  expect((await run(["account", "show"])).stdout).toMatch(
    /^ann\npassword changed .+\n1 session, 0 passkeys, 0 API tokens\n$/,
  );
  const { sessions } = (await run(["account", "sessions", "--json"])).json() as {
    sessions: AccountSession[];
  };
  expect(sessions).toMatchObject([{ via: "password", address: "127.0.0.1" }]);
  expect((await run(["account", "sessions"])).stdout).toContain(sessions[0]?.id);
  expect((await run(["account", "revoke"])).code).toBe(2);
  expect((await run(["account", "revoke", sessions[0]?.id ?? ""])).stdout).toBe("1 session ended.\n");
  expect(await login(now, PASSWORD)).toBe(200);
  expect((await run(["account", "revoke", "--all", "--json"])).json()).toEqual({ ended: 1 });
  const changed = await run(["account", "password", "--password-stdin"], `${PASSWORD}\nanother password\n`);
  expect(changed).toMatchObject({ code: 0, stdout: expect.stringContaining("The password is changed.") });
  expect(await login(now, "another password")).toBe(200);
});

test("`fw token` makes, lists and revokes tokens that work as bearers", async () => {
  const { now, run } = await withOwner();
  const { value, token } = (
    await run(["token", "add", "ci", "--scope", "agent.list", "--expires", "2d", "--json"])
  ).json() as {
    value: string;
    token: ApiToken;
  };
  expect(Math.round((Date.parse(token.expires_at ?? "") - Date.now()) / 3_600_000)).toBe(48);
  const ask = async (path: string) =>
    (await fetch(now.url + path, { headers: { authorization: `Bearer ${value}` } })).status;
  expect([await ask("/api/agents"), await ask("/api/journal")]).toEqual([200, 403]);
  expect((await run(["token", "list"])).stdout).toMatch(/ci +agent\.list/);
  expect((await run(["token", "add", "none"])).code).toBe(2);
  expect((await run(["token", "add", "late", "--scope", "read", "--expires", "soon"])).code).toBe(2);
  expect((await run(["token", "remove", "ci"])).stdout).toBe("ci is revoked.\n");
  expect(await ask("/api/agents")).toBe(401);
  expect((await run(["token", "remove", "ci", "--json"])).json()).toMatchObject({
    error: { code: "not_found" },
  });
});

test("a forgotten password is set anew while the server runs, and while it does not", async () => {
  const { now, run } = await withOwner();
  expect(await login(now, PASSWORD)).toBe(200);
  const short = await run(["password", "reset", "--password-stdin", "--json"], "short");
  expect([short.code, short.json()]).toMatchObject([1, { error: { code: "invalid_input" } }]);
  const online = await run(["password", "reset", "--password-stdin", "--json"], "a second password");
  expect(online.json()).toEqual({ ended: 1, passkeys: 0, tokens: 0 });
  expect([await login(now, PASSWORD), await login(now, "a second password")]).toEqual([401, 200]);

  await now.stop();
  const offline = await run(["password", "reset", "--password-stdin"], "a third password");
  expect(offline).toMatchObject({ code: 0, stdout: "The password is set.\n1 session ended.\n", stderr: "" });
  const again = await startSystem({ home: now.home });
  try {
    expect([await login(again, "a second password"), await login(again, "a third password")]).toEqual([
      401, 200,
    ]);
    const { events } = await again.result<{ events: Event[] }>("journal.query", {
      kind: "account.password_reset",
    });
    expect(events).toHaveLength(2);
    expect((await again.result<Health>("system.health")).state).not.toBe("safe_mode");
    expect((await again.call("system.reseal", { password: "a third password" })).ok).toBe(true);
  } finally {
    await again.end();
  }
});

test("without a server, a home that cannot be opened is told as the server would tell it", async () => {
  const { now, run } = await withOwner();
  await now.stop();
  writeFileSync(
    join(now.home, "fieldwork.db"),
    "this is no database at all, whatever its name says".repeat(100),
  );
  const { code, stderr } = await run(["password", "reset", "--password-stdin"], "a third password");
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: .*database.*\nremedy: /s)]);
});
