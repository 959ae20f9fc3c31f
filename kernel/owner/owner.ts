import { randomBytes, timingSafeEqual } from "node:crypto";
import { type Database, FieldworkError, type Migration } from "#contract";
import { deriveKey } from "./derive.ts";

export const ownerMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: "CREATE TABLE accounts (name TEXT PRIMARY KEY, role TEXT NOT NULL, salt BLOB NOT NULL, hash BLOB NOT NULL, created_at TEXT NOT NULL);\n",
  },
];

/** The owner's account: made once, proved by its password. */
export interface Owner {
  exists(): boolean;
  /** `undefined` where there is no owner; the time as ISO 8601. */
  show(): { readonly name: string; readonly madeAt: string } | undefined;
  /** @throws FieldworkError `conflict` when there is an owner already. */
  create(name: string, password: string): Promise<void>;
  /** @param urgent  goes before others that wait. @throws FieldworkError `rate_limited` when too many wait */
  verify(password: string, urgent?: boolean): Promise<boolean>;
  /** Another password in the place of the present one. @throws FieldworkError `conflict` without an owner */
  change(password: string): Promise<void>;
}

export function createOwner(db: Database, now: () => number): Owner {
  const row = () => db.sql("SELECT name, salt, hash, created_at FROM accounts WHERE role = 'owner'").get();
  const kept = async (password: string) => {
    const salt = randomBytes(16);
    return { salt, key: await deriveKey(password, salt) };
  };
  return {
    exists: () => row() !== undefined,
    show() {
      const found = row();
      return found && { name: String(found.name), madeAt: String(found.created_at) };
    },
    async create(name, password) {
      if (row()) throw ownerAlready();
      const { salt, key } = await kept(password);
      db.transaction(() => {
        if (row()) throw ownerAlready();
        db.sql("INSERT INTO accounts VALUES (?, 'owner', ?, ?, ?)").run(
          name,
          salt,
          key,
          new Date(now()).toISOString(),
        );
      });
      await db.durable();
    },
    async verify(password, urgent = true) {
      const found = row();
      if (!found) return false;
      const key = await deriveKey(password, found.salt as Uint8Array, urgent);
      return timingSafeEqual(key, found.hash as Uint8Array);
    },
    async change(password) {
      const { salt, key } = await kept(password);
      const { changes } = db
        .sql("UPDATE accounts SET salt = ?, hash = ? WHERE role = 'owner'")
        .run(salt, key);
      if (changes === 0) throw new FieldworkError("conflict", "There is no owner yet.", { remedy: NO_OWNER });
      await db.durable();
    },
  };
}

const NO_OWNER = "Create the owner first: fw setup --owner NAME";

const ownerAlready = () =>
  new FieldworkError("conflict", "There is an owner already.", { remedy: "Sign in as the owner." });
