import { expect, test } from "vitest";
import type { ApiToken, JsonValue } from "#contract";
import { type Client, DAY, type House, LOCAL_TOKEN, openStream, PASSWORD, startHouse } from "./support.ts";

type Made = { readonly value: string; readonly token: ApiToken };
async function make(
  by: Client,
  name: string,
  scopes: string[],
  more: Record<string, JsonValue> = {},
): Promise<Made> {
  const { result, error } = await by.call("account.token.make", { name, scopes, ...more });
  if (!result) throw new Error(error.message);
  return result as unknown as Made;
}
async function start(): Promise<{ house: House; local: Client }> {
  const house = await startHouse();
  const local = house.program(LOCAL_TOKEN);
  await local.call("system.setup", { owner: "ann", password: PASSWORD });
  return { house, local };
}

test("a token asks for what its scopes cover and is refused the rest by name, on every route", async () => {
  const { house, local } = await start();
  const { value } = await make(local, "ci", ["agent.list", "session.*"]);
  const ci = house.program(value);
  expect((await ci.ask("GET", "/api/agents")).status).toBe(200);
  expect((await ci.call("agent.list")).ok).toBe(true);
  expect((await ci.ask("GET", "/api/sessions")).status).toBe(200);
  for (const [method, path, scope] of [
    ["GET", "/api/agents/field", "agent.show"],
    ["DELETE", "/api/agents/field", "agent.remove"],
    ["POST", "/api/chat/field", "message.send"],
    ["POST", "/api/tools/time.now", "tool.run"],
    ["GET", "/api/journal", "journal.query"],
    ["GET", "/api/events", "journal.query"],
    ["GET", "/metrics", "system.health"],
    ["POST", "/api/stop", "system.stop"],
    ["GET", "/api/account/sessions", "account.session.list"],
    ["POST", "/api/account/tokens", "account.token.make"],
  ] as const) {
    const body = path.includes("chat") ? { text: "hello" } : undefined;
    const { status, error } = await ci.ask(method, path, body);
    expect([path, status, error.code, error.details]).toEqual([
      path,
      403,
      "denied",
      { capability: scope, missing_scope: scope },
    ]);
  }
  const denied = house.events("effect.denied").filter(({ actor }) => actor === "token:ci");
  expect(denied.map(({ subject }) => subject)).toContain("agent.remove");
});

test("what a call asks for on its way is held to the scopes too: in a batch, and inside a tool", async () => {
  const { house, local } = await start();
  const { value } = await make(local, "ci", ["batch", "time.now", "tool.run"]);
  const ci = house.program(value);
  const calls = [
    { cap: "time.now" },
    { cap: "secret.list" },
    { cap: "account.token.make", args: { name: "x", scopes: ["*"] } },
  ];
  const { results } = (await ci.call("batch", { calls })).result as {
    results: { ok: boolean; error?: JsonValue }[];
  };
  expect(results.map(({ ok }) => ok)).toEqual([true, false, false]);
  expect(results[1]?.error).toMatchObject({ code: "denied", details: { missing_scope: "secret.list" } });
  const listed = await ci.call("tool.run", { name: "fs.list", args: {} });
  expect(listed.error).toMatchObject({ code: "denied", details: { missing_scope: "fs.list" } });
  expect((await ci.call("tool.run", { name: "text.count", args: { text: "a b" } })).ok).toBe(true);
});

test("`read` and `*` do not reach the account; only its name or its family does", async () => {
  const { house, local } = await start();
  for (const scope of ["read", "*"]) {
    const token = house.program((await make(local, `all ${scope.replace("*", "star")}`, [scope])).value);
    expect((await token.call("agent.list")).ok).toBe(true);
    for (const cap of [
      "account.show",
      "account.session.list",
      "account.token.list",
      "account.password",
      "system.setup",
    ])
      expect([cap, (await token.call(cap)).error.code]).toEqual([cap, "denied"]);
  }
  const reader = house.program((await make(local, "reader", ["read"])).value);
  expect((await reader.call("setting.set", { key: "approvals.expire_hours", value: 1 })).error.code).toBe(
    "denied",
  );
  expect((await reader.call("message.send", { to: "field", text: "hello" })).error.code).toBe("denied");
  const lister = house.program((await make(local, "lister", ["account.token.list"])).value);
  expect((await lister.call("account.token.list")).ok).toBe(true);
  expect((await lister.call("account.session.list")).error.code).toBe("denied");
});

test("a token made by a token holds no more and no longer; revoking the first takes the second along", async () => {
  const { house, local } = await start();
  const until = new Date(Date.now() + DAY).toISOString();
  const first = await make(local, "first", ["account.token.make", "read"], { expires_at: until });
  const maker = house.program(first.value);
  for (const scopes of [["*"], ["session.*"], ["setting.set"], ["account.*"], ["account.token.revoke"]])
    expect((await maker.call("account.token.make", { name: "more", scopes })).error).toMatchObject({
      code: "denied",
      details: { missing_scope: scopes[0] },
    });
  const later = new Date(Date.now() + 2 * DAY).toISOString();
  expect(
    (await maker.call("account.token.make", { name: "late", scopes: ["read"], expires_at: later })).error
      .code,
  ).toBe("denied");
  const second = await make(maker, "second", ["agent.list"]);
  expect(second.token).toMatchObject({ made_by: first.token.id, expires_at: until });
  const child = house.program(second.value);
  expect((await child.ask("GET", "/api/agents")).status).toBe(200);
  expect((await local.call("account.token.revoke", { id: first.token.id })).result).toEqual({ revoked: 2 });
  expect((await child.ask("GET", "/api/agents")).status).toBe(401);
});

test("scopes can be taken from a token, never added", async () => {
  const { house, local } = await start();
  const { token, value } = await make(local, "ci", ["agent.*"]);
  const narrow = (scopes: string[]) => local.call("account.token.narrow", { id: token.id, scopes });
  expect((await narrow(["agent.*", "session.list"])).error.code).toBe("denied");
  expect((await narrow(["agent.list"])).result.scopes).toEqual(["agent.list"]);
  expect((await narrow(["agent.*"])).error.code).toBe("denied");
  const ci = house.program(value);
  expect((await ci.call("agent.list")).ok).toBe(true);
  expect((await ci.call("agent.show", { id: "field" })).error.code).toBe("denied");
});

test("a token without journal.query opens no event stream; one that has it loses it when it is revoked or expires", async () => {
  const { house, local } = await start();
  const { port } = house.server;
  const bearer = (value: string) => ({ authorization: `Bearer ${value}` });
  const blind = await make(local, "blind", ["agent.list"]);
  expect(await openStream(port, bearer(blind.value)).begun).toBe(403);
  const seeing = await make(local, "seeing", ["journal.query"]);
  const stream = openStream(port, bearer(seeing.value));
  expect(await stream.begun).toBe(200);
  await local.call("account.token.revoke", { id: seeing.token.id });
  expect(await stream.ended).toContain("signed out");
});

test("a token expires, is kept as a hash and shown once, and its slips are told when it is made", async () => {
  const { house, local } = await start();
  const { value, token } = await make(local, "ci", ["read"], {
    expires_at: new Date(Date.now() + DAY).toISOString(),
  });
  expect(value).toMatch(/^fwt_[\w-]{43}$/);
  const listed = JSON.stringify((await local.call("account.token.list")).result);
  expect([listed.includes(token.id), listed.includes(value.slice(4))]).toEqual([true, false]);
  house.pass(2 * DAY);
  expect((await house.program(value).call("agent.list")).status).toBe(401);
  for (const scope of ["agent.lsit", "agents.*", "everything"])
    expect((await local.call("account.token.make", { name: "x", scopes: [scope] })).error).toMatchObject({
      code: "invalid_input",
    });
  expect((await local.call("account.token.make", { name: "ci", scopes: ["read"] })).error.code).toBe(
    "conflict",
  );
});

test("a bearer token that does not hold is not made good by a cookie", async () => {
  const { house } = await start();
  const ann = house.browser();
  await ann.login();
  expect((await ann.ask("GET", "/api/agents")).status).toBe(200);
  for (const authorization of ["Bearer x", "Basic eDp5", `Bearer fwt_${"a".repeat(43)}`])
    expect((await ann.ask("GET", "/api/agents", undefined, { authorization })).status).toBe(401);
});
