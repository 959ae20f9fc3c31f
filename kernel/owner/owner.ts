import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { type Database, FieldworkError, type Migration } from "#contract";

export const ownerMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: "CREATE TABLE accounts (name TEXT PRIMARY KEY, role TEXT NOT NULL, salt BLOB NOT NULL, hash BLOB NOT NULL, created_at TEXT NOT NULL);\n",
  },
];

/** The owner's account: made once, proved by its password. */
export interface Owner {
  exists(): boolean;
  /** @throws FieldworkError `conflict` when there is an owner already. */
  create(name: string, password: string): Promise<void>;
  verify(password: string): Promise<boolean>;
}

/** OWASP's recommendation for scrypt; 128 MiB for about a third of a second. */
const SCRYPT: ScryptOptions = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const HASH_BYTES = 32;

/** A key from a password; runs off the event loop. */
export function deriveKey(password: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, HASH_BYTES, SCRYPT, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

export function createOwner(db: Database, now: () => number): Owner {
  const row = () => db.sql("SELECT salt, hash FROM accounts WHERE role = 'owner'").get();
  return {
    exists: () => row() !== undefined,
    async create(name, password) {
      const salt = randomBytes(16);
      const key = await deriveKey(password, salt);
      db.transaction(() => {
        if (row())
          throw new FieldworkError("conflict", "There is an owner already.", {
            remedy: "Sign in as the owner.",
          });
        db.sql("INSERT INTO accounts VALUES (?, 'owner', ?, ?, ?)").run(
          name,
          salt,
          key,
          new Date(now()).toISOString(),
        );
      });
      await db.durable();
    },
    async verify(password) {
      const found = row();
      if (!found) return false;
      return timingSafeEqual(await deriveKey(password, found.salt as Uint8Array), found.hash as Uint8Array);
    },
  };
}
