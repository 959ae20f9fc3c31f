import { request } from "../client/index.ts";

/** `GET /api/account`. */
export interface AccountState {
  readonly setup: { readonly needed: boolean; readonly here: boolean };
  readonly ways: readonly ("password" | "passkey")[];
  readonly passkey_host: boolean;
  readonly signed_in: {
    readonly owner: string;
    readonly via: "local" | "session" | "token";
    readonly id: string;
  } | null;
}

export const readAccount = (): Promise<AccountState> => request("GET", "/api/account");

export const makeAccount = (owner: string, password: string): Promise<unknown> =>
  request("POST", "/api/account/setup", { owner, password });

export const signIn = (password: string): Promise<unknown> =>
  request("POST", "/api/account/login", { password });

export const signOut = (): Promise<unknown> => request("POST", "/api/account/logout", {});

export const confirmByPassword = (password: string): Promise<unknown> =>
  request("POST", "/api/account/confirm", { password });

/** @throws ProblemError, or what the browser says */
export const signInWithPasskey = (): Promise<unknown> => answerWithPasskey("/api/account/login/passkey");

/** @throws ProblemError, or what the browser says */
export const confirmByPasskey = (): Promise<unknown> => answerWithPasskey("/api/account/confirm");

/** Asks the browser for a passkey of this server, and sends what it answers. */
async function answerWithPasskey(to: string): Promise<unknown> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const { options } = await request<{ options: Parameters<typeof startAuthentication>[0]["optionsJSON"] }>(
    "POST",
    "/api/account/login/passkey/options",
    {},
  );
  const response = await startAuthentication({ optionsJSON: options });
  return request("POST", to, { response });
}

/** Can this browser prove by a passkey who it is, under the name in its address bar? */
export const takesPasskeys = ({ ways, passkey_host }: AccountState): boolean =>
  ways.includes("passkey") && passkey_host && "credentials" in navigator;
