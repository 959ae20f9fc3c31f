import { type Database, FieldworkError, type Passkey, type Row } from "#contract";
import { isoTime } from "../secret_value.ts";

/** A passkey as it is kept: the public half, and how often it was used where it counts. */
export interface Credential {
  readonly id: string;
  readonly public_key: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly transports: readonly string[];
}

export interface Passkeys {
  list(): Passkey[];
  /** Those made for one name of the server. */
  credentials(rpId: string): Credential[];
  /** @throws FieldworkError `conflict` when it is there already, or when there are too many */
  add(
    passkey: Credential & { readonly name: string; readonly rp_id: string; readonly synced: boolean },
  ): Passkey;
  used(id: string, counter: number, synced: boolean): void;
  /** @throws FieldworkError `not_found` */
  rename(id: string, name: string): Passkey;
  /** @throws FieldworkError `not_found` */
  remove(id: string): Passkey;
  /** Removes those that are not among these, and counts their uses on from there. Gives how many are gone. */
  keepOnly(those: readonly Row[]): number;
}

const PASSKEYS_MAX = 32;

export function createPasskeys(db: Database, now: () => number): Passkeys {
  const existing = (id: string): Row => {
    const row = db.sql("SELECT * FROM passkeys WHERE id = ?").get(id);
    if (!row) throw new FieldworkError("not_found", "There is no such passkey.");
    return row;
  };
  const list = () => db.sql("SELECT * FROM passkeys ORDER BY made_at, id").all();
  return {
    list: () => list().map(shown),
    credentials: (rpId) =>
      list()
        .filter((row) => row.rp_id === rpId)
        .map((row) => ({
          id: String(row.id),
          public_key: new Uint8Array(row.public_key as Uint8Array),
          counter: Number(row.counter),
          transports: JSON.parse(String(row.transports)) as string[],
        })),
    add({ id, name, rp_id, public_key, counter, transports, synced }) {
      db.transaction(() => {
        const all = list();
        if (all.some((row) => row.id === id))
          throw new FieldworkError("conflict", "This passkey is there already.");
        if (all.length >= PASSKEYS_MAX)
          throw new FieldworkError("conflict", `There are ${PASSKEYS_MAX} passkeys already.`, {
            remedy: "Remove one that is not used.",
          });
        db.sql("INSERT INTO passkeys VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)").run(
          id,
          name,
          rp_id,
          public_key,
          counter,
          JSON.stringify(transports),
          synced ? 1 : 0,
          now(),
        );
      });
      return shown(existing(id));
    },
    used: (id, counter, synced) =>
      void db
        .sql("UPDATE passkeys SET counter = ?, synced = ?, used_at = ? WHERE id = ?")
        .run(counter, synced ? 1 : 0, now(), id),
    rename(id, name) {
      existing(id);
      db.sql("UPDATE passkeys SET name = ? WHERE id = ?").run(name, id);
      return shown(existing(id));
    },
    remove(id) {
      const row = existing(id);
      db.sql("DELETE FROM passkeys WHERE id = ?").run(id);
      return shown(row);
    },
    keepOnly: (those) =>
      db.transaction(() => {
        let gone = 0;
        for (const { id } of list()) {
          const still = those.find((one) => one.id === id);
          if (!still) gone += db.sql("DELETE FROM passkeys WHERE id = ?").run(id as string).changes;
          else
            db.sql("UPDATE passkeys SET counter = max(counter, ?) WHERE id = ?").run(
              still.counter as number,
              id as string,
            );
        }
        return gone;
      }),
  };
}

const shown = (row: Row): Passkey => ({
  id: String(row.id),
  name: String(row.name),
  rp_id: String(row.rp_id),
  synced: row.synced === 1,
  made_at: isoTime(Number(row.made_at)),
  used_at: row.used_at === null ? null : isoTime(Number(row.used_at)),
});
