import type { Caller } from "#contract";

/** Whoever holds the local token is the owner. */
export const LOCAL_OWNER: Caller = { id: "owner", tier: "owner", login: { via: "local", id: "" } };

/** The server itself, while it finds out who asks. */
export const SIGN_IN: Caller = { id: "server", tier: "system" };

/** Who asks on a route that answers everybody. The counter gives nothing to it. */
export const NOBODY: Caller = { id: "nobody", tier: "guest", login: { via: "session", id: "", scopes: [] } };
