import type { Database } from "#contract";

const careful = new WeakSet<Database>();

/**
 * A database made ready for writing what may have to be forgotten: deleted content is overwritten with zeros from now on, also where
 * the index drops an old part of itself.
 */
export function writing(db: Database): Database {
  if (!careful.has(db)) {
    db.sql("PRAGMA secure_delete = ON").get();
    careful.add(db);
  }
  return db;
}
