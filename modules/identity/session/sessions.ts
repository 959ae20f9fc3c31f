import { createHmac, randomBytes } from "node:crypto";
import type { AccountSession, Database, Row } from "#contract";
import { isoTime, newId, newSecret, sha256 } from "../secret_value.ts";
import { deviceName } from "./device_name.ts";

/** How long sessions live, milliseconds. */
export interface Lifetimes {
  readonly idle_ms: number;
  readonly max_ms: number;
  readonly rotate_ms: number;
}

export interface SessionUse {
  readonly id: string;
  readonly expires_at: string;
  /** The token to use from now on, once it is due; the same answer to everybody who still comes with the present one. */
  readonly next: string | null;
  /** When its person proved to be the owner; `null` for a token that was replaced already. */
  readonly proved_at: string | null;
}

/** Who is signed in. A token is known to the browser that holds it alone; here there is its hash. */
export interface Sessions {
  begin(session: {
    readonly via: AccountSession["via"];
    readonly user_agent: string;
    readonly address: string;
  }): { readonly token: string; readonly session: AccountSession };
  /** The session of a token, which is in use now. */
  use(token: string, address: string): SessionUse | undefined;
  /**
   * Its person proved anew to be the owner. It goes on under another token, which is not derived from the one before: a copy of that
   * does not come along. `undefined` where there is no such session.
   */
  prove(id: string): { readonly token: string; readonly expires_at: string } | undefined;
  /** @param current  the session that asks */
  list(current: string | undefined): AccountSession[];
  count(): number;
  /** End, and give the ids of those that were there. */
  end(ids: readonly string[]): string[];
  endByToken(token: string): string[];
  endOthers(than: string | undefined): string[];
  endExpired(): string[];
}

const SESSIONS_MAX = 64;
/** Requests that were sent before the browser had the new token still arrive for this long. */
const PRIOR_MS = 60_000;
/** After a proof: the browser that gave it has the new token at once. */
export const PROVED_PRIOR_MS = 10_000;
const TOUCH_MS = 60_000;

export function createSessions(db: Database, now: () => number, lifetimes: () => Lifetimes): Sessions {
  const expiry = (row: Row): number => {
    const { idle_ms, max_ms } = lifetimes();
    return Math.min(Number(row.used_at) + idle_ms, Number(row.made_at) + max_ms);
  };
  /** Proofs since the start, by session; with the session's beginning the latest counts. */
  const proofs = new Map<string, number>();
  const all = () => db.sql("SELECT * FROM sessions ORDER BY used_at DESC, id").all();
  const find = (token: string): Row | undefined => {
    const key = sha256(token);
    const row = db
      .sql("SELECT * FROM sessions WHERE token_sha256 = ? OR next_sha256 = ? OR prior_sha256 = ?")
      .get(key, key, key);
    if (!row || expiry(row) <= now()) return undefined;
    return row.prior_sha256 === key && Number(row.prior_until) <= now() ? undefined : row;
  };
  const shown = (row: Row, current: string | undefined): AccountSession => ({
    id: String(row.id),
    via: row.via as AccountSession["via"],
    device: deviceName(String(row.user_agent)),
    user_agent: String(row.user_agent),
    address: String(row.address),
    made_at: isoTime(Number(row.made_at)),
    used_at: isoTime(Number(row.used_at)),
    expires_at: isoTime(expiry(row)),
    current: row.id === current,
  });
  const end = (ids: readonly string[]): string[] =>
    ids.filter((id) => {
      proofs.delete(id);
      return db.sql("DELETE FROM sessions WHERE id = ?").run(id).changes > 0;
    });

  /** The browser came back with the token it was given: the one before holds for requests under way alone. */
  const promote = (row: Row) =>
    db
      .sql(
        "UPDATE sessions SET prior_sha256 = token_sha256, prior_until = ?, token_sha256 = next_sha256, next_sha256 = NULL, next_salt = NULL, rotated_at = ? WHERE id = ?",
      )
      .run(now() + PRIOR_MS, now(), row.id as string);

  /**
   * Derived from the present token, so that it can be given again to whoever still comes with that: an answer that is lost on the
   * way signs nobody out, and two tabs get the same one.
   */
  const nextOf = (row: Row, token: string): string => {
    const salt = (row.next_salt as Uint8Array | null) ?? randomBytes(32);
    const next = createHmac("sha256", salt).update(token).digest("base64url");
    if (row.next_salt === null)
      db.sql("UPDATE sessions SET next_salt = ?, next_sha256 = ? WHERE id = ?").run(
        salt,
        sha256(next),
        row.id as string,
      );
    return next;
  };

  return {
    begin({ via, user_agent, address }) {
      const [id, token, at] = [newId("s"), newSecret(), now()];
      db.transaction(() => {
        end(
          all()
            .slice(SESSIONS_MAX - 1)
            .map((row) => String(row.id)),
        );
        db.sql(
          "INSERT INTO sessions (id, token_sha256, rotated_at, via, user_agent, address, made_at, used_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ).run(id, sha256(token), at, via, user_agent, address, at, at);
      });
      const row = db.sql("SELECT * FROM sessions WHERE id = ?").get(id) as Row;
      return { token, session: shown(row, id) };
    },
    use(token, address) {
      const row = find(token);
      if (!row) return undefined;
      const key = sha256(token);
      if (row.next_sha256 === key) promote(row);
      const due = row.token_sha256 === key && now() - Number(row.rotated_at) >= lifetimes().rotate_ms;
      const next = due ? nextOf(row, token) : null;
      if (now() - Number(row.used_at) >= TOUCH_MS || row.address !== address)
        db.sql("UPDATE sessions SET used_at = max(used_at, ?), address = ? WHERE id = ?").run(
          now(),
          address,
          row.id as string,
        );
      const proved = Math.max(Number(row.made_at), proofs.get(String(row.id)) ?? 0);
      return {
        id: String(row.id),
        expires_at: isoTime(expiry({ ...row, used_at: now() })),
        next,
        proved_at: row.prior_sha256 === key ? null : isoTime(proved),
      };
    },
    prove(id) {
      const row = db.sql("SELECT * FROM sessions WHERE id = ?").get(id);
      if (!row || expiry(row) <= now()) return undefined;
      const token = newSecret();
      db.sql(
        "UPDATE sessions SET prior_sha256 = token_sha256, prior_until = ?, token_sha256 = ?, next_sha256 = NULL, next_salt = NULL, rotated_at = ?, used_at = ? WHERE id = ?",
      ).run(now() + PROVED_PRIOR_MS, sha256(token), now(), now(), id);
      proofs.set(id, now());
      return { token, expires_at: isoTime(expiry({ ...row, used_at: now() })) };
    },
    list: (current) =>
      all()
        .filter((row) => expiry(row) > now())
        .map((row) => shown(row, current)),
    count: () => all().filter((row) => expiry(row) > now()).length,
    end,
    endByToken(token) {
      const row = find(token);
      return row ? end([String(row.id)]) : [];
    },
    endOthers: (than) =>
      end(
        all()
          .map((row) => String(row.id))
          .filter((id) => id !== than),
      ),
    endExpired: () =>
      end(
        all()
          .filter((row) => expiry(row) <= now())
          .map((row) => String(row.id)),
      ),
  };
}
