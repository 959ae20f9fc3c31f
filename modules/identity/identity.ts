import { randomBytes } from "node:crypto";
import {
  type CallContext,
  type Database,
  type Host,
  type JsonObject,
  type JsonValue,
  LOGINS_ENDED,
} from "#contract";
import { type Challenges, createChallenges } from "./passkey/challenge.ts";
import { createPasskeys, type Passkeys } from "./passkey/passkeys.ts";
import { createDevices, type Devices } from "./session/devices.ts";
import { createSessions, type Sessions } from "./session/sessions.ts";
import { migrations } from "./tables.ts";
import { createThrottle, type Throttle } from "./throttle/throttle.ts";
import { createTokens, type Tokens } from "./token/tokens.ts";

/** All that signing in works with. */
export interface Identity {
  readonly sessions: Sessions;
  readonly devices: Devices;
  readonly throttle: Throttle;
  readonly passkeys: Passkeys;
  readonly challenges: Challenges;
  readonly tokens: Tokens;
  /** The owner as WebAuthn knows it: random, the same for all passkeys of this home. */
  handle(): Uint8Array<ArrayBuffer>;
  readonly passwordChanged: { get(): number | null; set(): void };
  /** Is a failure worth a line that costs the one who fails nothing? One in a minute is. */
  failureDue(): boolean;
  /** Tells those who hold something open for these sessions and tokens. */
  ended(logins: readonly string[], trace: string): void;
  /** Ends what has expired. */
  sweep(): void;
  durable(): Promise<void>;
}

const HOUR_MS = 3_600_000;
const FAILURE_EVERY_MS = 60_000;
const opened = new WeakMap<Host, Identity>();

/** The identity of a home; its database is opened when it is first asked for, also where no server runs. */
export const identityOf = (host: Host): Identity => opened.getOrInsertComputed(host, open);

function open(host: Host): Identity {
  const db = host.openDatabase("identity.db", migrations);
  const hours = (key: string) => Number(host.setting(key)) * HOUR_MS;
  const sessions = createSessions(db, host.now, () => ({
    idle_ms: hours("identity.session_idle_hours"),
    max_ms: hours("identity.session_max_days") * 24,
    rotate_ms: hours("identity.session_rotate_minutes") / 60,
  }));
  const tokens = createTokens(db, host.now);
  const throttle = createThrottle(db, host.now);
  const facts = createFacts(db);
  let failureAt = 0;
  const ended = (logins: readonly string[], trace: string) => {
    if (logins.length > 0)
      host.live({ kind: LOGINS_ENDED, agent: host.id, session: "", trace, data: { logins: [...logins] } });
  };
  return {
    sessions,
    tokens,
    throttle,
    devices: createDevices(db, host.now),
    passkeys: createPasskeys(db, host.now),
    challenges: createChallenges(host.now),
    handle() {
      const known = facts.get("handle");
      const handle = known === undefined ? randomBytes(32) : Buffer.from(known, "base64url");
      if (known === undefined) facts.set("handle", handle.toString("base64url"));
      return new Uint8Array(handle);
    },
    passwordChanged: {
      get: () => Number(facts.get("password_changed_at") ?? 0) || null,
      set: () => facts.set("password_changed_at", String(Math.round(host.now()))),
    },
    failureDue() {
      if (Math.abs(host.now() - failureAt) < FAILURE_EVERY_MS) return false;
      failureAt = host.now();
      return true;
    },
    ended,
    sweep() {
      ended([...sessions.endExpired(), ...tokens.endExpired()], "");
      throttle.sweep();
    },
    durable: () => db.durable(),
  };
}

function createFacts(db: Database) {
  return {
    get: (key: string) =>
      db.sql("SELECT value FROM facts WHERE key = ?").get(key)?.value as string | undefined,
    set: (key: string, value: string) =>
      void db
        .sql("INSERT INTO facts VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        .run(key, value),
  };
}

/** A line in the journal about the account. It never holds a password, a token or a mark. */
export const note = (
  { host, trace, span }: CallContext,
  kind: string,
  subject: string,
  data: JsonObject = {},
) => host.record({ kind: `account.${kind}`, subject, data, trace, span });

/** Another module's or the kernel's capability, asked for as this module. */
export const ask = async <T>({ host, trace, span }: CallContext, cap: string, args: JsonValue): Promise<T> =>
  (await host.call(cap, args, { trace, span })) as T;
