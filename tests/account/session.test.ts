import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  type Browser,
  DAY,
  HOUR,
  type House,
  LOCAL_TOKEN,
  MINUTE,
  openStream,
  PASSWORD,
  SESSION_COOKIE,
  send,
  startHouse,
} from "./support.ts";

async function signedIn(): Promise<{ house: House; ann: Browser; name: string }> {
  const house = await startHouse();
  const ann = house.browser();
  await ann.setUp();
  return { house, ann, name: SESSION_COOKIE };
}
const works = async (browser: Browser) => (await browser.ask("GET", "/api/agents")).status === 200;

test("the cookie is HttpOnly, Strict and for this host alone; over TLS it is Secure and bound to the origin", async () => {
  const { house, ann, name } = await signedIn();
  const plain = (await ann.login()).headers["set-cookie"]?.find((line) => line.startsWith(name));
  expect(plain).toMatch(
    /^fw_session_[0-9a-f]{12}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
  );
  const { port } = house.server;
  const secure = await send(
    port,
    "POST",
    "/api/account/login",
    { password: PASSWORD },
    {
      host: `127.0.0.1:${port}`,
      origin: `https://127.0.0.1:${port}`,
    },
  );
  const cookies = secure.headers["set-cookie"] ?? [];
  expect(cookies).toHaveLength(2);
  for (const one of cookies)
    expect(one).toMatch(/^__Host-fw_(session|device)_[0-9a-f]{12}=[^;]+; Path=\/; .*; Secure$/);
  const [cookie = ""] = (cookies.find((one) => one.includes("session")) ?? "").split(";");
  const over = (headers: Record<string, string>) =>
    send(port, "GET", "/api/agents", undefined, {
      host: `127.0.0.1:${port}`,
      "x-forwarded-proto": "https",
      ...headers,
    });
  expect((await over({ cookie })).status).toBe(200);
  expect((await over({ cookie: cookie.replace("__Host-", "") })).status).toBe(401);
});

test("neither a session's token nor a device's mark is kept, only their hashes", async () => {
  const { house, ann } = await signedIn();
  await house.close();
  const bytes = ["identity.db", "identity.db-wal", "fieldwork.db", "journal.db"]
    .flatMap((file) => {
      try {
        return [readFileSync(join(house.home, file), "latin1")];
      } catch {
        return [];
      }
    })
    .join("");
  expect(ann.cookies.size).toBe(2);
  for (const value of ann.cookies.values()) expect(bytes.includes(value)).toBe(false);
});

test("a session in use gets a new token; both hold while the new one is on its way, the old one not for long after", async () => {
  const { house, ann, name } = await signedIn();
  const first = ann.cookies.get(name);
  await works(ann);
  expect(ann.cookies.get(name)).toBe(first);
  house.pass(16 * MINUTE);
  const late = ann.copy();
  const parallel = await Promise.all(
    [ann, ann.copy(), ann.copy()].map(async (one) => {
      expect(await works(one)).toBe(true);
      return one.cookies.get(name);
    }),
  );
  expect(new Set(parallel).size).toBe(1);
  expect(parallel[0]).not.toBe(first);
  // The answer was lost on its way to this one: it still comes with the old token, however late.
  house.pass(5 * MINUTE);
  expect(await works(late.copy())).toBe(true);
  expect(await works(ann)).toBe(true);
  expect(await works(late.copy())).toBe(true);
  house.pass(2 * MINUTE);
  expect(await works(late)).toBe(false);
  expect(await works(ann)).toBe(true);
  expect(house.events("account.signed_in")).toHaveLength(1);
});

test("a session ends when it is not used, and at its end however much it is used", async () => {
  const { house, ann } = await signedIn();
  for (let day = 0; day < 29; day += 6) {
    expect(await works(ann)).toBe(true);
    house.pass(6 * DAY);
  }
  expect(await works(ann)).toBe(false);
  await ann.login();
  house.pass(7 * DAY - HOUR);
  expect(await works(ann)).toBe(true);
  house.pass(7 * DAY + HOUR);
  expect(await works(ann)).toBe(false);
});

test("sessions are listed with their devices, and a revoked one ends at once with its event streams", async () => {
  const { house, ann } = await signedIn();
  const phone = house.browser();
  const agent =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0) AppleWebKit/605.1 Version/26.0 Mobile/15E148 Safari/604.1";
  await phone.ask("POST", "/api/account/login", { password: PASSWORD }, { "user-agent": agent });
  const { sessions } = (await ann.ask("GET", "/api/account/sessions")).result as {
    sessions: { id: string; device: string; current: boolean }[];
  };
  expect(sessions.map(({ device, current }) => [device, current]).sort()).toEqual([
    ["Safari on iPhone", false],
    ["Unknown device", true],
  ]);
  const cookie = (one: Browser) => ({
    cookie: [...one.cookies].map(([key, value]) => `${key}=${value}`).join("; "),
  });
  const [mine, lost] = [ann, phone].map((one) => openStream(house.server.port, cookie(one)));
  expect([await mine?.begun, await lost?.begun]).toEqual([200, 200]);
  const { id } = sessions.find(({ current }) => !current) ?? { id: "" };
  expect((await ann.ask("DELETE", `/api/account/sessions/${id}`)).result).toEqual({ ended: 1 });
  expect(await lost?.ended).toContain("signed out");
  expect(await works(phone)).toBe(false);
  expect(await works(ann)).toBe(true);
  await house.program(LOCAL_TOKEN).call("time.now");
  await expect.poll(() => mine?.text()).toContain("time.now");
  expect((await ann.ask("DELETE", `/api/account/sessions/${id}`)).status).toBe(404);
  expect(house.events("account.session_revoked")).toMatchObject([{ subject: id }]);
});

test("signing out ends this session and clears its cookie; the others go on", async () => {
  const { house, ann, name } = await signedIn();
  const other = house.browser();
  await other.login();
  const stolen = ann.copy();
  expect((await ann.ask("POST", "/api/account/logout")).result).toEqual({ ended: 1 });
  expect(ann.cookies.has(name)).toBe(false);
  expect([await works(stolen), await works(other)]).toEqual([false, true]);
});

test("changing the password needs the present one and ends every other session", async () => {
  const { house, ann } = await signedIn();
  const other = house.browser();
  await other.login();
  const change = (current: string) =>
    ann.ask("POST", "/api/account/password", { current, password: "another password" });
  expect((await change("not it")).error.code).toBe("denied");
  expect(await works(other)).toBe(true);
  expect((await change(PASSWORD)).result).toEqual({ ended: 1 });
  expect([await works(ann), await works(other)]).toEqual([true, false]);
  expect((await other.login(PASSWORD)).status).toBe(401);
  expect((await other.login("another password")).status).toBe(200);
  expect((await ann.call("system.reseal", { password: "another password" })).ok).toBe(true);
  expect(house.events("account.password_changed")).toHaveLength(1);
});

test("a session that was planted in a browser is not the one it is signed in to", async () => {
  const { house, ann, name } = await signedIn();
  const victim = house.browser();
  const planted = ann.cookies.get(name) ?? "";
  victim.cookies.set(name, planted);
  await victim.login();
  expect(victim.cookies.get(name)).not.toBe(planted);
  expect(await works(ann)).toBe(false);
  victim.cookies.set(name, "made-up-by-an-attacker");
  await victim.login();
  expect(victim.cookies.get(name)).toMatch(/^[\w-]{43}$/);
});

test("sessions survive a restart of the server", async () => {
  const { house, ann } = await signedIn();
  await house.close();
  const again = await startHouse({ home: house.home });
  const later = again.browser();
  for (const [name, value] of ann.cookies)
    later.cookies.set(name.replace(/\d+$/, String(again.server.port)), value);
  expect(await works(later)).toBe(true);
});
