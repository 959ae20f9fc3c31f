import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { ACTIONS, type Database, FieldworkError, type Migration, scopeCovers } from "#contract";
import type { KeyRing } from "./key-ring.ts";

export const vaultMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `CREATE TABLE secrets (
  name TEXT PRIMARY KEY, hosts TEXT NOT NULL, key_id TEXT NOT NULL, nonce BLOB NOT NULL, box BLOB NOT NULL, updated_at TEXT NOT NULL);
`,
  },
];

/** `{{secret:NAME}}` in a header or an environment value. */
export const HANDLE = /\{\{secret:([A-Za-z0-9_.-]{1,128})\}\}/g;
export const handleOf = (name: string): string => `{{secret:${name}}}`;

/** Secrets, encrypted at rest with AES-256-GCM; the name is bound to the value. Values leave only through {@link Vault.reveal}. */
export interface Vault {
  set(name: string, value: string, hosts: readonly string[]): void;
  list(): { name: string; hosts: string[]; updated_at: string }[];
  delete(name: string): boolean;
  /** The value, for the host it is about to be sent to ("" for an environment). @throws `not_found`, `denied` for another host. */
  reveal(name: string, host: string): string;
  /** Encrypts all anew under a new key, one rotation at a time; safe against a death and the loss of power at any point. */
  rotate(): Promise<number>;
}

const CIPHER = "aes-256-gcm";
const TAG_BYTES = 16;

/** `rekeyed` is called when a new key is there and before the old ones go, for what else the master key protects. */
export function createVault(
  db: Database,
  keys: KeyRing,
  now: () => number,
  rekeyed: () => void = () => {},
): Vault {
  let rotating: Promise<unknown> = Promise.resolve();
  const seal = (name: string, value: string, keyId: string) => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv(CIPHER, keys.key(keyId), nonce);
    cipher.setAAD(Buffer.from(name));
    const box = Buffer.concat([cipher.update(value, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return { nonce, box };
  };
  const open = (name: string): string => {
    const row = db.sql("SELECT key_id, nonce, box FROM secrets WHERE name = ?").get(name);
    if (!row)
      throw new FieldworkError("not_found", `There is no secret ${name}.`, {
        remedy: "Keep it first.",
        action: ACTIONS.set_secret(name),
      });
    const box = row.box as Uint8Array;
    const decipher = createDecipheriv(CIPHER, keys.key(String(row.key_id)), row.nonce as Uint8Array);
    decipher.setAAD(Buffer.from(name));
    decipher.setAuthTag(box.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(box.subarray(0, -TAG_BYTES)), decipher.final()]).toString("utf8");
    } catch (cause) {
      throw new FieldworkError("unavailable", `The secret ${name} was altered or damaged.`, {
        remedy: "Set it anew.",
        action: ACTIONS.set_secret(name),
        cause,
      });
    }
  };
  const put = (name: string, value: string, hosts: string, keyId: string) => {
    const { nonce, box } = seal(name, value, keyId);
    db.sql(
      "INSERT INTO secrets VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET hosts = excluded.hosts, key_id = excluded.key_id, nonce = excluded.nonce, box = excluded.box, updated_at = excluded.updated_at",
    ).run(name, hosts, keyId, nonce, box, new Date(now()).toISOString());
  };

  const rotate = async (): Promise<number> => {
    const fresh = keys.add();
    const count = db.transaction(() => {
      const rows = db.sql("SELECT name, hosts FROM secrets").all();
      for (const row of rows) put(String(row.name), open(String(row.name)), String(row.hosts), fresh);
      return rows.length;
    });
    rekeyed();
    await db.durable();
    keys.keepOnly(fresh);
    return count;
  };

  return {
    set: (name, value, hosts) => put(name, value, JSON.stringify(hosts), keys.current()),
    list: () =>
      db
        .sql("SELECT name, hosts, updated_at FROM secrets ORDER BY name")
        .all()
        .map((row) => ({
          name: String(row.name),
          hosts: JSON.parse(String(row.hosts)) as string[],
          updated_at: String(row.updated_at),
        })),
    delete: (name) => db.sql("DELETE FROM secrets WHERE name = ?").run(name).changes > 0,
    reveal(name, host) {
      const value = open(name);
      const hosts = JSON.parse(
        String(db.sql("SELECT hosts FROM secrets WHERE name = ?").get(name)?.hosts ?? "[]"),
      ) as string[];
      if (
        hosts.length > 0 &&
        !hosts.some((one) => scopeCovers("secret", `${name}@${one}`, `${name}@${host}`))
      ) {
        throw new FieldworkError(
          "denied",
          `The secret ${name} is not meant for ${host || "a program's environment"}.`,
          {
            remedy: `Set it anew for ${host || "every host"} as well.`,
            action: ACTIONS.set_secret(name),
          },
        );
      }
      return value;
    },
    rotate() {
      const next = rotating.then(rotate, rotate);
      rotating = next.catch(() => {});
      return next;
    },
  };
}
