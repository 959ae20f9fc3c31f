import {
  ACTIONS,
  type ApiToken,
  CAPABILITIES,
  type Database,
  FieldworkError,
  type Login,
  type Row,
  scopeBeyond,
} from "#contract";
import { isoTime, newId, newSecret, sha256 } from "../secret_value.ts";

/** API tokens: programs that act for the owner within scopes. Their values are kept as hashes. */
export interface Tokens {
  /**
   * @param by  who makes it: a token's holds no more and no longer than that one
   * @throws FieldworkError `invalid_input`, `denied`, `conflict`
   */
  make(
    token: { readonly name: string; readonly scopes: readonly string[]; readonly expires_at: number | null },
    by: Login | undefined,
  ): { readonly token: ApiToken; readonly value: string };
  /** The token of a value, which is in use now. */
  use(value: string): ApiToken | undefined;
  list(): ApiToken[];
  /** @throws FieldworkError `not_found`, `invalid_input`, `denied` */
  narrow(id: string, scopes: readonly string[]): ApiToken;
  /** Revokes it and those it made; gives their ids. */
  revoke(id: string): string[];
  endExpired(): string[];
  /** Ends those that are not among these, and takes from the others what they have no more. Gives how many ended. */
  keepOnly(those: readonly Row[]): number;
}

const TOKENS_MAX = 256;
const TOUCH_MS = 60_000;

export function createTokens(db: Database, now: () => number): Tokens {
  const get = (id: string) => db.sql("SELECT * FROM tokens WHERE id = ?").get(id);
  const revoke = (id: string): string[] =>
    db
      .sql(
        "DELETE FROM tokens WHERE id IN (WITH RECURSIVE made(id) AS (SELECT ? UNION SELECT tokens.id FROM tokens JOIN made ON tokens.made_by = made.id) SELECT id FROM made) RETURNING id",
      )
      .all(id)
      .map((row) => String(row.id));

  return {
    make({ name, scopes, expires_at }, by) {
      checkScopes(scopes);
      const maker = by?.via === "token" ? get(by.id) : undefined;
      if (by?.scopes) checkWithin(scopes, by.scopes, "the token that makes it");
      const latest =
        maker?.expires_at === undefined || maker.expires_at === null ? null : Number(maker.expires_at);
      const until = expires_at ?? latest;
      if (until !== null && until <= now())
        throw new FieldworkError("invalid_input", "The token would have expired already.");
      if (latest !== null && until !== null && until > latest)
        throw new FieldworkError("denied", "A token cannot outlive the token that makes it.", {
          remedy: `Let it expire by ${isoTime(latest)}.`,
        });
      const [id, value] = [newId("t"), newSecret("fwt_")];
      db.transaction(() => {
        if (db.sql("SELECT 1 FROM tokens WHERE name = ?").get(name))
          throw new FieldworkError("conflict", `There is a token ${name} already.`, {
            remedy: "Give it another name, or revoke the other one first.",
          });
        if (Number(db.sql("SELECT count(*) AS n FROM tokens").get()?.n) >= TOKENS_MAX)
          throw new FieldworkError("conflict", `There are ${TOKENS_MAX} tokens already.`, {
            remedy: "Revoke those that nobody uses.",
            action: ACTIONS.see_tokens(),
          });
        db.sql("INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, NULL, ?)").run(
          id,
          name,
          sha256(value),
          JSON.stringify(scopes),
          maker ? String(maker.id) : null,
          now(),
          until,
        );
      });
      return { token: shown(get(id) as Row), value };
    },
    use(value) {
      const row = db.sql("SELECT * FROM tokens WHERE value_sha256 = ?").get(sha256(value));
      if (!row || (row.expires_at !== null && Number(row.expires_at) <= now())) return undefined;
      if (now() - Number(row.used_at ?? 0) >= TOUCH_MS)
        db.sql("UPDATE tokens SET used_at = ? WHERE id = ?").run(now(), row.id as string);
      return shown(row);
    },
    list: () => db.sql("SELECT * FROM tokens ORDER BY made_at, id").all().map(shown),
    narrow(id, scopes) {
      const row = get(id);
      if (!row) throw new FieldworkError("not_found", `There is no token ${id}.`);
      checkScopes(scopes);
      checkWithin(scopes, shown(row).scopes, `the token ${row.name}`);
      db.sql("UPDATE tokens SET scopes = ? WHERE id = ?").run(JSON.stringify(scopes), id);
      return shown(get(id) as Row);
    },
    revoke,
    endExpired: () =>
      db
        .sql("SELECT id FROM tokens WHERE expires_at <= ?")
        .all(now())
        .flatMap((row) => revoke(String(row.id))),
    keepOnly: (those) =>
      db.transaction(() => {
        let ended = 0;
        for (const { id } of db.sql("SELECT id FROM tokens").all()) {
          const still = those.find((one) => one.id === id);
          if (!still) ended += db.sql("DELETE FROM tokens WHERE id = ?").run(id as string).changes;
          else
            db.sql("UPDATE tokens SET scopes = ?, expires_at = ? WHERE id = ?").run(
              still.scopes as string,
              still.expires_at as number | null,
              id as string,
            );
        }
        return ended;
      }),
  };
}

const shown = (row: Row): ApiToken => ({
  id: String(row.id),
  name: String(row.name),
  scopes: JSON.parse(String(row.scopes)) as string[],
  made_by: row.made_by === null ? null : String(row.made_by),
  made_at: isoTime(Number(row.made_at)),
  used_at: row.used_at === null ? null : isoTime(Number(row.used_at)),
  expires_at: row.expires_at === null ? null : isoTime(Number(row.expires_at)),
});

/** A name that nothing has is a slip that would be noticed too late. @throws FieldworkError `invalid_input` */
function checkScopes(scopes: readonly string[]): void {
  const names = [...CAPABILITIES.keys()];
  const unknown = scopes.find((scope) => {
    if (scope === "*" || scope === "read") return false;
    return scope.endsWith(".*")
      ? !names.some((one) => one.startsWith(scope.slice(0, -1)))
      : !names.includes(scope);
  });
  if (unknown !== undefined)
    throw new FieldworkError("invalid_input", `The scope ${unknown} covers nothing there is.`, {
      remedy: "Name a capability, a family such as session.*, or read.",
      action: ACTIONS.see_capabilities(),
    });
}

/** @throws FieldworkError `denied` */
function checkWithin(scopes: readonly string[], held: readonly string[], whose: string): void {
  const beyond = scopeBeyond(scopes, held, CAPABILITIES.values());
  if (beyond !== undefined)
    throw new FieldworkError("denied", `${beyond} is more than ${whose} holds.`, {
      remedy: `Ask for no more than ${held.join(", ")}.`,
      details: { missing_scope: beyond },
    });
}
