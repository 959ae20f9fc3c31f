import { expect, test } from "vitest";
import { LOCAL_TOKEN, PASSWORD, send, startHouse } from "./support.ts";

test("the first browser on this machine makes the account and is signed in; nobody makes a second one", async () => {
  const house = await startHouse();
  const ann = house.browser();
  expect((await ann.ask("GET", "/api/account")).result).toEqual({
    setup: { needed: true, here: true },
    ways: [],
    passkey_host: false,
    signed_in: null,
  });
  const made = await ann.setUp();
  expect([made.status, made.result.owner]).toEqual([200, "ann"]);
  const { id } = (await ann.session()) ?? { id: "none" };
  expect((await ann.ask("GET", "/api/account")).result).toEqual({
    setup: { needed: false, here: true },
    ways: ["password"],
    passkey_host: false,
    signed_in: { owner: "ann", via: "session", id },
  });
  const eve = house.browser();
  expect((await eve.setUp()).error.code).toBe("conflict");
  expect((await eve.ask("GET", "/api/agents")).status).toBe(401);
  expect(house.events("account.signed_in")).toMatchObject([{ subject: id, data: { via: "setup" } }]);
});

test("of two that make the account at once, one does, and the other is told", async () => {
  const house = await startHouse();
  const [ann, bob] = [house.browser(), house.browser()];
  const both = await Promise.all([ann.setUp(), bob.setUp()]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const winner = both[0]?.ok ? ann : bob;
  const loser = winner === ann ? bob : ann;
  expect((await winner.ask("GET", "/api/agents")).status).toBe(200);
  expect(loser.cookies.size).toBe(0);
  expect((await loser.ask("GET", "/api/agents")).status).toBe(401);
});

test("a name that points here, another peer and a page of another site make no account", async () => {
  const house = await startHouse({ host: "0.0.0.0" });
  const { port } = house.server;
  const body = { owner: "eve", password: PASSWORD };
  const attempt = (headers: Record<string, string>) =>
    send(port, "POST", "/api/account/setup", body, { host: `127.0.0.1:${port}`, ...headers });
  expect((await attempt({ host: "evil.example" })).status).toBe(403);
  expect((await attempt({ host: `192.168.1.7:${port}` })).error.remedy).toContain("localhost");
  expect((await attempt({ origin: "https://evil.example" })).status).toBe(403);
  expect((await attempt({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await attempt({ "content-type": "text/plain" })).status).toBe(400);
  expect((await house.browser().ask("GET", "/api/account")).result.setup).toEqual({
    needed: true,
    here: true,
  });
});

test("an owner made with `fw setup` signs in on the panel", async () => {
  const house = await startHouse();
  const local = house.program(LOCAL_TOKEN);
  expect((await local.call("system.setup", { owner: "ann", password: PASSWORD })).ok).toBe(true);
  const ann = house.browser();
  expect((await ann.setUp()).error.code).toBe("conflict");
  expect((await ann.login()).result).toMatchObject({ owner: "ann", session: { via: "password" } });
});

test("no password, and no hash of one, is in the journal", async () => {
  const house = await startHouse();
  const ann = house.browser();
  await ann.setUp();
  await ann.login("wrong password");
  await ann.call("account.password", { current: PASSWORD, password: "another password" });
  await ann.call("system.reseal", { password: "another password" });
  const held = await ann.call("batch", {
    calls: [{ cap: "account.password", args: { current: "another password", password: PASSWORD } }],
  });
  expect(held.result).toMatchObject({ results: [{ ok: false, error: { code: "denied" } }] });
  const written = house.kernel.events.read(0, 10_000, {});
  const calls = written.filter(({ kind }) => kind === "capability.called");
  const about = calls.filter(({ subject }) =>
    /^(system\.(setup|reseal)|account\.(setup|password))$/.test(subject ?? ""),
  );
  expect(about.map(({ data }) => data.args)).toEqual(about.map(() => ""));
  expect(about.length).toBeGreaterThan(3);
  const text = JSON.stringify(written);
  for (const secret of [PASSWORD, "another password", "wrong password", ...ann.cookies.values()])
    expect(text).not.toContain(secret);
});
