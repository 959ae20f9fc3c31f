import { hash, randomBytes } from "node:crypto";
import type { Database } from "#contract";

/** Keys of programs that use the gateway, kept as hashes. */
export interface ClientKeys {
  /** A new key of a program; one it had before is void at once. */
  make(name: string): string;
  revoke(name: string): boolean;
  /** By name. */
  list(): { name: string; made_at: string }[];
  /** The program a key belongs to, by the key's SHA-256 in hexadecimal. */
  client(keySha256: string): string | undefined;
  /** Revokes those that are not among these, by their hashes. */
  keepOnly(hashes: readonly string[]): void;
}

export function createClientKeys(db: Database, now: () => number): ClientKeys {
  return {
    make(name) {
      const key = `sk-fw-${randomBytes(32).toString("base64url")}`;
      db.sql(
        "INSERT INTO clients VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET key_sha256 = excluded.key_sha256, made_at = excluded.made_at",
      ).run(name, hash("sha256", key), Math.round(now()));
      return key;
    },
    revoke: (name) => db.sql("DELETE FROM clients WHERE name = ?").run(name).changes > 0,
    list: () =>
      db
        .sql("SELECT name, made_at FROM clients ORDER BY name")
        .all()
        .map((row) => ({ name: String(row.name), made_at: new Date(Number(row.made_at)).toISOString() })),
    client(keySha256) {
      const row = db.sql("SELECT name FROM clients WHERE key_sha256 = ?").get(keySha256);
      return row && String(row.name);
    },
    keepOnly: (hashes) =>
      void db
        .sql("DELETE FROM clients WHERE key_sha256 NOT IN (SELECT value FROM json_each(?))")
        .run(JSON.stringify(hashes)),
  };
}
