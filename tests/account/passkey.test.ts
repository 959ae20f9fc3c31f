import { existsSync } from "node:fs";
import { type Browser as Chromium, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { JsonObject, JsonValue, Passkey } from "#contract";
import { type Answer, type House, LOCAL_TOKEN, MINUTE, PASSWORD, startHouse } from "./support.ts";

const CHROMIUM = "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

type Ceremony = "create" | "get";
/** What the page uses of a browser, which the types of this program do not know. */
interface Web {
  readonly PublicKeyCredential: {
    parseCreationOptionsFromJSON(options: unknown): object;
    parseRequestOptionsFromJSON(options: unknown): object;
  };
  readonly navigator: {
    readonly credentials: Readonly<
      Record<Ceremony, (options: { readonly publicKey: object }) => Promise<{ toJSON(): object }>>
    >;
  };
}

/** What the page does: the server's options in, the browser's answer out, both as JSON (WebAuthn level 3). */
async function perform(page: Page, ceremony: Ceremony, options: JsonValue): Promise<JsonObject> {
  const answer = await page.evaluate(
    async ([which, text]) => {
      const { PublicKeyCredential, navigator } = globalThis as unknown as Web;
      const given = JSON.parse(text);
      if (which === "get") {
        const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(given);
        return JSON.stringify((await navigator.credentials.get({ publicKey })).toJSON());
      }
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(given);
      return JSON.stringify((await navigator.credentials.create({ publicKey })).toJSON());
    },
    [ceremony, JSON.stringify(options)] as const,
  );
  return JSON.parse(answer) as JsonObject;
}

/** A request that the page itself makes, with the browser's own cookies and headers. */
async function ask(page: Page, method: string, path: string, body: JsonValue = {}): Promise<Answer> {
  const answer = await page.evaluate(
    async ([verb, url, text]) => {
      const headers = { "content-type": "application/json" };
      const said = await fetch(url, verb === "GET" ? {} : { method: verb, body: text, headers });
      return { status: said.status, text: await said.text() };
    },
    [method, path, JSON.stringify(body)] as const,
  );
  return { ...JSON.parse(answer.text), status: answer.status } as Answer;
}

async function withAuthenticator(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const;
  await cdp.send("WebAuthn.addVirtualAuthenticator", { options });
}

describe.skipIf(!existsSync(CHROMIUM))("in a real browser with a virtual authenticator", () => {
  let browser: Chromium;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });
  afterAll(() => browser.close());

  async function opened(): Promise<{ house: House; page: Page; url: string }> {
    const house = await startHouse();
    await house.program(LOCAL_TOKEN).call("system.setup", { owner: "ann", password: PASSWORD });
    const page = await (await browser.newContext({ bypassCSP: true })).newPage();
    onTestFinished(() => page.context().close());
    const url = `http://localhost:${house.server.port}`;
    await page.goto(`${url}/healthz`);
    await withAuthenticator(page);
    return { house, page, url };
  }
  async function addPasskey(page: Page, name = "Laptop"): Promise<Answer> {
    const { result } = await ask(page, "POST", "/api/account/passkeys/options");
    const response = await perform(page, "create", result.options ?? null);
    return ask(page, "POST", "/api/account/passkeys", { name, response });
  }
  const answerChallenge = async (page: Page): Promise<JsonObject> => {
    const { result } = await ask(page, "POST", "/api/account/login/passkey/options");
    return perform(page, "get", result.options ?? null);
  };
  const signIn = (page: Page, response: JsonObject) =>
    ask(page, "POST", "/api/account/login/passkey", { response });

  test("a passkey is made, signs in by itself, is renamed, and opens nothing once it is removed", async () => {
    const { house, page } = await opened();
    await ask(page, "POST", "/api/account/login", { password: PASSWORD });
    const made = (await addPasskey(page)).result as unknown as Passkey;
    expect(made).toMatchObject({ name: "Laptop", rp_id: "localhost", used_at: null });
    await ask(page, "POST", "/api/account/logout");
    const before = (await ask(page, "GET", "/api/account")).result;
    expect(before).toMatchObject({ ways: ["password", "passkey"], passkey_host: true, signed_in: null });

    const answer = await signIn(page, await answerChallenge(page));
    expect(answer.result).toMatchObject({
      owner: "ann",
      session: { via: "passkey", device: "Chrome on Linux" },
    });
    expect((await ask(page, "GET", "/api/agents")).status).toBe(200);
    const path = `/api/account/passkeys/${made.id}`;
    expect((await ask(page, "POST", path, { name: "Old laptop" })).result).toMatchObject({
      name: "Old laptop",
    });
    const { passkeys } = (await ask(page, "GET", "/api/account/passkeys")).result as unknown as {
      passkeys: Passkey[];
    };
    expect(passkeys).toMatchObject([{ name: "Old laptop", used_at: expect.any(String) }]);

    const response = await answerChallenge(page);
    expect((await ask(page, "DELETE", path)).ok).toBe(true);
    await ask(page, "POST", "/api/account/logout");
    expect((await signIn(page, response)).error.code).toBe("unauthenticated");
    expect(house.events("account.signed_in").map(({ data }) => data.via)).toEqual(["password", "passkey"]);
    expect(house.events("account.sign_in_failed")).toMatchObject([{ subject: "passkey" }]);
  });

  test("an answer is good once, for five minutes, for its own server, and only as it was signed", async () => {
    const { house, page } = await opened();
    await ask(page, "POST", "/api/account/login", { password: PASSWORD });
    await addPasskey(page);
    const code = async (response: JsonObject) => (await signIn(page, response)).error?.code ?? "signed in";

    const replayed = await answerChallenge(page);
    expect(await code(replayed)).toBe("signed in");
    expect(await code(replayed)).toBe("unauthenticated");

    const late = await answerChallenge(page);
    house.pass(6 * MINUTE);
    expect(await code(late)).toBe("unauthenticated");

    for (const part of ["signature", "authenticatorData", "clientDataJSON"] as const) {
      const honest = (await answerChallenge(page)) as { response: Record<string, string> };
      const bytes = Buffer.from(honest.response[part] ?? "", "base64url");
      bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1;
      const forged = { ...honest, response: { ...honest.response, [part]: bytes.toString("base64url") } };
      expect([part, await code(forged)]).toEqual([part, "unauthenticated"]);
    }
    const good = await answerChallenge(page);
    expect(await code({})).toBe("unauthenticated");
    const other = await startHouse();
    await other.program(LOCAL_TOKEN).call("system.setup", { owner: "eve", password: PASSWORD });
    const elsewhere = await other.browser({ name: "localhost" }).ask("POST", "/api/account/login/passkey", {
      response: good,
    });
    expect(elsewhere.status).toBe(401);
    expect(await code(good)).toBe("signed in");
  });

  test("a passkey made for one challenge cannot be kept by another, nor without a session", async () => {
    const { page } = await opened();
    expect((await ask(page, "POST", "/api/account/passkeys/options")).status).toBe(401);
    await ask(page, "POST", "/api/account/login", { password: PASSWORD });
    const { result } = await ask(page, "POST", "/api/account/login/passkey/options");
    const asked = (await ask(page, "POST", "/api/account/passkeys/options")).result.options as JsonObject;
    const challenge = (result.options as JsonObject).challenge ?? null;
    const response = await perform(page, "create", { ...asked, challenge });
    expect((await ask(page, "POST", "/api/account/passkeys", { name: "x", response })).error.code).toBe(
      "invalid_input",
    );
  });
});

test("under an IP address it is said where to go", async () => {
  const house = await startHouse();
  const ann = house.browser();
  await ann.setUp();
  for (const path of ["/api/account/passkeys/options", "/api/account/login/passkey/options"])
    expect((await ann.ask("POST", path)).error).toMatchObject({
      code: "invalid_input",
      remedy: `Open http://localhost:${house.server.port} instead.`,
    });
});
