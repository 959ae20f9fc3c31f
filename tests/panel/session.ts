import type { System } from "../support/system.ts";

export const OWNER = { name: "Ada", password: "a long enough sentence" } as const;

/** A cookie as a browser's context takes it. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly url: string;
  readonly httpOnly: true;
  readonly sameSite: "Strict";
}

/** Begins a session with the password, and gives its cookies; makes the account where there is none. */
export async function sessionCookies(system: System): Promise<Cookie[]> {
  const state = (await (await fetch(`${system.url}/api/account`)).json()) as {
    result: { setup: { needed: boolean } };
  };
  const setup = state.result.setup.needed;
  const response = await fetch(`${system.url}/api/account/${setup ? "setup" : "login"}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: system.url },
    body: JSON.stringify({ password: OWNER.password, ...(setup ? { owner: OWNER.name } : {}) }),
  });
  if (!response.ok) throw new Error(`signing in failed: ${await response.text()}`);
  return response.headers.getSetCookie().map((line) => {
    const [pair = ""] = line.split(";");
    const at = pair.indexOf("=");
    return {
      name: pair.slice(0, at),
      value: pair.slice(at + 1),
      url: system.url,
      httpOnly: true,
      sameSite: "Strict",
    };
  });
}
