import type { Database } from "#contract";
import { newId, newSecret, sha256 } from "../secret_value.ts";

/** Devices that signed in before. The mark opens nothing: it only tells the owner's own device from whoever guesses. */
export interface Devices {
  /** The id of the device that carries a mark; it is in use now. */
  known(mark: string | undefined): string | undefined;
  /** A new device, as its mark. */
  add(): string;
  forgetAll(): void;
}

const DEVICES_MAX = 64;

export function createDevices(db: Database, now: () => number): Devices {
  return {
    known(mark) {
      if (mark === undefined) return undefined;
      const row = db
        .sql("UPDATE devices SET used_at = ? WHERE mark_sha256 = ? RETURNING id")
        .get(now(), sha256(mark));
      return row && String(row.id);
    },
    add() {
      const mark = newSecret();
      db.transaction(() => {
        db.sql(
          "DELETE FROM devices WHERE id NOT IN (SELECT id FROM devices ORDER BY used_at DESC LIMIT ?)",
        ).run(DEVICES_MAX - 1);
        db.sql("INSERT INTO devices VALUES (?, ?, ?, ?)").run(newId("d"), sha256(mark), now(), now());
      });
      return mark;
    },
    forgetAll: () => void db.sql("DELETE FROM devices").run(),
  };
}
