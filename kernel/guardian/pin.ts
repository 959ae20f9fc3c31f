import type { Database } from "#contract";

/** The public key of the first seal, kept apart from the seal: without it, deleting the seal or signing another would pass. */
export interface Pin {
  get(): string | undefined;
  set(publicKey: string): void;
  /** Another key in the place of the first; the owner's act. */
  replace(publicKey: string): void;
}

const KEY = "seal_public_key";

/** In the table `meta` of the kernel's database. */
export function createPin(db: Database): Pin {
  return {
    get() {
      const value = db.sql("SELECT value FROM meta WHERE key = ?").get(KEY)?.value;
      return value === undefined ? undefined : String(value);
    },
    replace(publicKey) {
      db.sql("INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value").run(
        KEY,
        publicKey,
      );
    },
    set: (publicKey) => void db.sql("INSERT OR IGNORE INTO meta VALUES (?, ?)").run(KEY, publicKey),
  };
}
