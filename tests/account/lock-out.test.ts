import { expect, test } from "vitest";
import {
  type Browser,
  DAY,
  type House,
  LOCAL_TOKEN,
  MINUTE,
  PASSWORD,
  SESSION_COOKIE,
  startHouse,
} from "./support.ts";

async function withOwner(host = "127.0.0.1"): Promise<{ house: House; ann: Browser }> {
  const house = await startHouse({ host });
  const ann = house.browser();
  await ann.setUp();
  return { house, ann };
}
/** Guesses until it is told to wait. */
async function guess(browser: Browser): Promise<number> {
  for (let n = 0; n < 20; n++) {
    const { error } = await browser.login(`guess number ${n}`);
    if (error.code === "rate_limited") return n;
    expect(error.code).toBe("unauthenticated");
  }
  throw new Error("never told to wait");
}

test("whoever guesses is slowed down more and more, and is never shut out for longer than a quarter of an hour", async () => {
  const { house } = await withOwner();
  const eve = house.browser();
  expect(await guess(eve)).toBe(5);
  const waits: number[] = [];
  for (let n = 0; n < 13; n++) {
    const { error } = await eve.login("another guess");
    const { retry_after_ms } = error.details as { retry_after_ms: number };
    waits.push(retry_after_ms);
    house.pass(retry_after_ms);
    // Asking while one has to wait makes the wait no longer.
    expect((await eve.login("and another")).error.code).toBe("unauthenticated");
  }
  expect(waits.slice(0, 5).map((ms) => Math.round(ms / 1000))).toEqual([1, 2, 4, 8, 16]);
  expect(Math.max(...waits)).toBeLessThanOrEqual(15 * MINUTE);
  house.pass(15 * MINUTE);
  expect((await eve.login(PASSWORD)).status).toBe(200);
});

test("failures elsewhere do not hold up a device that signed in before", async () => {
  const { house, ann } = await withOwner();
  await ann.ask("POST", "/api/account/logout");
  await guess(house.browser());
  expect((await house.browser().login(PASSWORD)).error.code).toBe("rate_limited");
  expect((await ann.login(PASSWORD)).status).toBe(200);
});

test("a stolen mark of a device slows down that device alone, and opens nothing", async () => {
  const { house, ann } = await withOwner();
  const thief = ann.copy();
  thief.cookies.delete(SESSION_COOKIE);
  await guess(thief);
  expect((await thief.ask("GET", "/api/agents")).status).toBe(401);
  expect((await house.browser().login(PASSWORD)).status).toBe(200);
});

test("attempts side by side get no further than attempts one after the other", async () => {
  const { house } = await withOwner();
  const eve = house.browser();
  const all = await Promise.all(Array.from({ length: 12 }, (_, n) => eve.login(`guess number ${n}`)));
  const codes = all.map(({ error }) => error.code);
  expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(5);
  expect(codes.filter((code) => code === "rate_limited")).toHaveLength(7);
});

test("failures are forgotten after a day, and a restart forgets none", async () => {
  const { house } = await withOwner();
  await guess(house.browser());
  for (let n = 0; n < 4; n++) {
    house.pass(15 * MINUTE);
    await house.browser().login("another guess");
  }
  await house.close();
  const again = await startHouse({ home: house.home });
  expect((await again.browser().login(PASSWORD)).error.code).toBe("rate_limited");
  again.pass(2 * DAY);
  expect(await guess(again.browser())).toBe(5);
});

test("the present password is not guessed faster from within a session", async () => {
  const { ann } = await withOwner();
  const codes: string[] = [];
  for (let n = 0; n < 6; n++)
    codes.push(
      (await ann.call("account.password", { current: `guess ${n}`, password: "another password" })).error
        .code,
    );
  expect(codes).toEqual([...Array(5).fill("denied"), "rate_limited"]);
});

test("with the local token the password is set anew, which frees everything; no session and no API token can do that", async () => {
  const { house, ann } = await withOwner();
  const local = house.program(LOCAL_TOKEN);
  const made = await local.call("account.token.make", { name: "ci", scopes: ["account.*"] });
  const token = house.program(String(made.result.value));
  const reset = { password: "a new password" };
  for (const one of [ann, token]) expect((await one.call("account.reset", reset)).error.code).toBe("denied");
  await guess(house.browser());
  expect((await local.call("account.reset", reset)).result).toEqual({ ended: 1, passkeys: 0, tokens: 1 });
  expect((await ann.ask("GET", "/api/agents")).status).toBe(401);
  expect((await house.browser().login("a new password")).status).toBe(200);
  expect((await local.call("system.health")).result.state).not.toBe("safe_mode");
  expect((await local.call("system.reseal", { password: "a new password" })).ok).toBe(true);
  expect(house.events("account.password_reset")).toHaveLength(1);
});

test("what strangers send is written down once a failure, not once a knock", async () => {
  const { house } = await withOwner();
  const before = house.kernel.events.lastSeq();
  const eve = house.browser();
  eve.cookies.set(SESSION_COOKIE, "x".repeat(43));
  for (let n = 0; n < 30; n++) await eve.copy().ask("GET", "/api/agents");
  const program = house.program(`fwt_${"y".repeat(43)}`);
  for (let n = 0; n < 30; n++) expect((await program.ask("GET", "/api/agents")).status).toBe(401);
  await guess(house.browser());
  for (let n = 0; n < 30; n++) await house.browser().login("guess");
  expect(house.kernel.events.lastSeq() - before).toBe(5);
  expect(house.events("account.sign_in_failed")).toHaveLength(5);
});
