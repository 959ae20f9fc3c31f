import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { JsonValue, Reply } from "#contract";
import {
  type Browser,
  type House,
  LOCAL_TOKEN,
  MINUTE,
  openStream,
  PASSWORD,
  startHouse,
} from "./support.ts";

async function signedIn(): Promise<{ house: House; ann: Browser }> {
  const house = await startHouse();
  const ann = house.browser();
  await ann.setUp();
  return { house, ann };
}
const confirm = (browser: Browser, password = PASSWORD) =>
  browser.ask("POST", "/api/account/confirm", { password });
const makeToken = (browser: Browser, name: string) =>
  browser.ask("POST", "/api/account/tokens", { name, scopes: ["read"] });

describe("what a session that was taken over could stay by", () => {
  const STAYING: readonly (readonly [string, JsonValue])[] = [
    ["account.passkey.options", { origin: "http://localhost:1" }],
    ["account.passkey.add", { origin: "http://localhost:1", name: "x", response: {} }],
    ["account.token.make", { name: "x", scopes: ["read"] }],
    ["secret.set", { name: "x", value: "y" }],
    ["model.add", { name: "x", dialect: "openai", base_url: "http://127.0.0.1:9/v1", model: "m" }],
    ["model.key", { name: "x" }],
    ["backup.locate", { name: "x" }],
    ["system.backup", { to: "/nowhere/else" }],
    ["system.restore", { name: "x" }],
    ["setting.set", { key: "identity.session_max_days", value: 365 }],
    ["grant.give", { module: "someone", grant: "exec.run" }],
    ["agent.approve", { id: "someone", grants: "all" }],
    ["pack.install", { path: "/nowhere.zip", grants: "all" }],
    ["exec.run", { program: "/bin/cat", args: ["/etc/hostname"] }],
    ["fs.write", { path: "/tmp/.bashrc", content: "x" }],
    ["fs.read", { path: "/etc/hostname" }],
  ];
  test("is asked for again once the last proof is older than ten minutes, on every way in", async () => {
    const { house, ann } = await signedIn();
    const provided = Object.keys(
      (await house.program(LOCAL_TOKEN).call("registry.providers")).result.providers as object,
    );
    const asked = STAYING.filter(([cap]) => provided.includes(cap));
    house.pass(11 * MINUTE);
    for (const [cap, args] of asked) {
      expect((await ann.call(cap, args)).error?.code, cap).toBe("confirmation_required");
      // Some are never one of a batch.
      expect(await batchedCode(ann, cap, args), cap).toBeOneOf(["confirmation_required", "denied"]);
    }
    expect((await makeToken(ann, "by-route")).status).toBe(403);
    expect(asked.length).toBeGreaterThan(10);
    await confirm(ann);
    for (const [cap, args] of asked)
      expect((await ann.call(cap, args)).error?.code, cap).not.toBe("confirmation_required");
  });

  test("what only takes away or tightens is never asked for, nor what stays with the owner's own", async () => {
    const { house, ann } = await signedIn();
    await house.program(LOCAL_TOKEN).call("model.key", { name: "program" });
    house.pass(11 * MINUTE);
    for (const [cap, args] of [
      ["model.key", { name: "program", revoke: true }],
      ["setting.set", { key: "approvals.expire_hours", value: 3 }],
      ["fs.write", { path: "notes.txt", content: "mine" }],
      ["fs.read", { path: "notes.txt" }],
      ["account.session.revoke", { others: true }],
      ["secret.list", {}],
    ] as const)
      expect(await ann.call(cap, args), cap).toMatchObject({ ok: true });
  });
});

/** The call as one of a batch. */
async function batchedCode(browser: Browser, cap: string, args: JsonValue): Promise<string | undefined> {
  const { result } = await browser.call("batch", { calls: [{ cap, args }] });
  const [reply] = result.results as unknown as readonly Reply[];
  return reply?.ok === false ? reply.error.code : undefined;
}

test("a proof holds for ten minutes and is asked for again after them", async () => {
  const { house, ann } = await signedIn();
  expect((await makeToken(ann, "fresh")).status).toBe(200);
  house.pass(9 * MINUTE);
  expect((await makeToken(ann, "still")).status).toBe(200);
  house.pass(2 * MINUTE);
  expect((await makeToken(ann, "late")).error).toMatchObject({
    code: "confirmation_required",
    details: { capability: "account.token.make" },
  });
  const answer = await confirm(ann);
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.result)).toEqual(["until"]);
  expect((await makeToken(ann, "late")).status).toBe(200);
  house.pass(11 * MINUTE);
  expect((await makeToken(ann, "later")).status).toBe(403);
  expect(house.events("account.confirmed")).toHaveLength(1);
});

test("a copy of the cookie gains nothing by the owner's proof, and ends soon after", async () => {
  const { house, ann } = await signedIn();
  house.pass(11 * MINUTE);
  const thief = ann.copy();
  await confirm(ann);
  expect((await makeToken(thief, "stolen")).error?.code).toBe("confirmation_required");
  expect((await makeToken(ann, "own")).status).toBe(200);
  house.pass(2 * MINUTE);
  expect((await thief.ask("GET", "/api/agents")).status).toBe(401);
  expect((await ann.ask("GET", "/api/agents")).status).toBe(200);
});

test("guessing within a session is slowed down, and a wrong password does not sign out", async () => {
  const { house, ann } = await signedIn();
  house.pass(11 * MINUTE);
  for (let n = 0; n < 5; n++) expect((await confirm(ann, "wrong wrong wrong")).status).toBe(403);
  expect((await confirm(ann)).error).toMatchObject({ code: "rate_limited" });
  expect((await ann.ask("GET", "/api/agents")).status).toBe(200);
  house.pass(MINUTE);
  expect((await confirm(ann)).status).toBe(200);
  expect(house.events("account.confirm_failed")).toHaveLength(5);
  expect(JSON.stringify(house.kernel.events.read(0, 10_000, {}))).not.toContain(PASSWORD);
});

test("the local token and API tokens are never asked, and have nothing to confirm", async () => {
  const { house, ann } = await signedIn();
  const made = await ann.ask("POST", "/api/account/tokens", { name: "maker", scopes: ["account.*"] });
  house.pass(60 * MINUTE);
  const local = house.program(LOCAL_TOKEN);
  const token = house.program(String(made.result.value));
  for (const [n, one] of [local, token].entries()) {
    expect((await one.call("account.token.make", { name: `n${n}`, scopes: ["account.show"] })).status).toBe(
      200,
    );
    expect((await one.ask("POST", "/api/account/confirm", { password: PASSWORD })).status).toBe(409);
  }
});

test("over a session or an API token nobody has a file of the machine read by its path", async () => {
  const { house, ann } = await signedIn();
  const secret = join(house.home, "run", "token");
  writeFileSync(secret, "the local token");
  const made = await ann.ask("POST", "/api/account/tokens", { name: "all", scopes: ["*"] });
  for (const one of [ann, house.program(String(made.result.value))])
    for (const path of [secret, "/etc/hostname", join(house.home, "tmp", "..", "run", "token")])
      expect((await one.call("blob.add", { path })).error?.code, path).toBe("denied");
  expect((await house.program(LOCAL_TOKEN).call("blob.add", { path: secret })).status).toBe(200);
});

test("the seal's password cannot be guessed faster within a session than anywhere else", async () => {
  const { house, ann } = await signedIn();
  const reseal = (password: string) => ann.call("system.reseal", { password });
  for (let n = 0; n < 5; n++) expect((await reseal("wrong wrong wrong")).error?.code).toBe("denied");
  expect((await reseal(PASSWORD)).error?.code).toBe("rate_limited");
  house.pass(MINUTE);
  expect((await reseal(PASSWORD)).ok).toBe(true);
});

test("an event stream that a copy of the cookie opened ends after the owner's proof", async () => {
  const { house, ann } = await signedIn();
  const cookie = [...ann.cookies].map(([key, value]) => `${key}=${value}`).join("; ");
  const stream = openStream(house.server.port, { cookie, "sec-fetch-site": "same-origin" });
  expect(await stream.begun).toBe(200);
  await confirm(ann);
  expect(await stream.ended).toContain("signed out");
});

test("an event stream ends when its token may no longer read the journal", async () => {
  const { house, ann } = await signedIn();
  const made = await ann.ask("POST", "/api/account/tokens", {
    name: "watcher",
    scopes: ["journal.query", "agent.list"],
  });
  const { token, value } = made.result as unknown as { token: { id: string }; value: string };
  const stream = openStream(house.server.port, { authorization: `Bearer ${value}` });
  expect(await stream.begun).toBe(200);
  await ann.ask("POST", `/api/account/tokens/${token.id}`, { scopes: ["agent.list"] });
  await stream.ended;
  const again = openStream(house.server.port, { authorization: `Bearer ${value}` });
  expect(await again.begun).toBe(403);
});
