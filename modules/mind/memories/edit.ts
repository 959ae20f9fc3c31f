import { type Database, FieldworkError, type Row } from "#contract";
import { tokenize } from "../language/tokens.ts";
import { addMemory, contentHash } from "./add.ts";
import { idOf, iso, numberOf } from "./identity.ts";
import { countTerms, indexTerms, uncountTerms } from "./index-terms.ts";

export interface Change {
  readonly content?: string | undefined;
  readonly wing?: string | null | undefined;
  readonly room?: string | null | undefined;
  readonly kind?: string | undefined;
  readonly importance?: number | undefined;
  /** Milliseconds since 1970. */
  readonly validFrom?: number | undefined;
  readonly validUntil?: number | null | undefined;
}

export interface Edited {
  readonly id: string;
  /** The earlier wording. */
  readonly superseded: string | null;
}

/**
 * Corrects a memory. A new wording is a memory of its own in the place of the earlier one, which ends where the new one begins; all
 * else is changed where it stands.
 * @throws FieldworkError `not_found`; `conflict` for a wording that a later one has replaced already
 */
export function editMemory(
  db: Database,
  id: string,
  change: Change,
  { now, tainted }: { readonly now: number; readonly tainted: boolean },
): Edited {
  return db.transaction(() => {
    const row = db.sql("SELECT * FROM mind_memory WHERE id = ?").get(numberOf("memory", id));
    if (!row) throw new FieldworkError("not_found", `There is no memory with the id ${id}.`);
    const later = db
      .sql("SELECT id FROM mind_memory WHERE corrects = ? AND id = ?")
      .get(row.id as number, row.superseded_by as number | null)?.id;
    if (later !== undefined)
      throw new FieldworkError("conflict", `${id} is an earlier wording of ${idOf("memory", later)}.`, {
        remedy: `Edit ${idOf("memory", later)}.`,
      });
    const reworded = change.content !== undefined && !sameWords(row, change.content);
    const holds = reworded
      ? reword(db, row, change.content as string, change.validFrom ?? now, tainted)
      : row;
    if (!reworded && change.validFrom !== undefined)
      db.sql("UPDATE mind_memory SET valid_from = ? WHERE id = ?").run(change.validFrom, row.id as number);
    relabel(db, holds, change);
    return { id: idOf("memory", holds.id), superseded: reworded ? id : null };
  });
}

const sameWords = (row: Row, content: string): boolean =>
  Buffer.from(contentHash(content, (row.speaker as string | null) ?? undefined)).equals(
    row.hash as Uint8Array,
  );

/** Lets a new wording take the place of a memory. @returns its row */
function reword(db: Database, row: Row, content: string, from: number, tainted: boolean): Row {
  const old = Number(row.id);
  const text = (value: unknown) => (value === null ? undefined : String(value));
  const { id, added } = addMemory(
    db,
    {
      content,
      wing: text(row.wing),
      room: text(row.room),
      kind: String(row.kind),
      importance: Number(row.importance),
      source: text(row.source),
      speaker: text(row.speaker),
      at: iso(row.at),
      valid_from: iso(from),
    },
    { now: from, session: undefined, tainted },
    { thread: row.thread as number | null, position: row.position as number | null },
  );
  const made = numberOf("memory", id);
  // An earlier wording that is taken up again stays where it is in the order of wordings.
  if (added) db.sql("UPDATE mind_memory SET corrects = ? WHERE id = ?").run(old, made);
  db.sql(
    "UPDATE mind_memory SET superseded_by = ?1, valid_to = max(?2, coalesce(valid_from, at)) WHERE id = ?3",
  ).run(made, from, old);
  return db.sql("SELECT * FROM mind_memory WHERE id = ?").get(made) as Row;
}

function relabel(db: Database, row: Row, { wing, room, kind, importance, validUntil }: Change): void {
  const label = <T>(given: T | undefined, known: unknown) => (given === undefined ? (known as T) : given);
  const id = Number(row.id);
  const now = {
    wing: label<string | null>(wing, row.wing),
    room: label<string | null>(room, row.room),
    kind: label<string>(kind, row.kind),
  };
  const terms = indexTerms({
    tokens: tokenize(String(row.content)),
    speaker: row.speaker as string | null,
    ...now,
  });
  if (terms !== row.terms) {
    db.sql("INSERT INTO mind_memory_fts (mind_memory_fts, rowid, terms) VALUES ('delete', ?, ?)").run(
      id,
      row.terms as string,
    );
    db.sql("UPDATE mind_memory SET terms = ? WHERE id = ?").run(terms, id);
    db.sql("INSERT INTO mind_memory_fts (rowid, terms) VALUES (?, ?)").run(id, terms);
    countTerms(db, terms);
    uncountTerms(db, String(row.terms));
  }
  db.sql(
    "UPDATE mind_memory SET wing = ?, room = ?, kind = ?, importance = ?, valid_to = ? WHERE id = ?",
  ).run(
    now.wing,
    now.room,
    now.kind,
    label<number>(importance, row.importance),
    label<number | null>(validUntil, row.valid_to),
    id,
  );
}

/** All wordings of a memory, this one among them; the first one first, the one that holds last. */
export function wordingsOf(db: Database, id: number): number[] {
  return db
    .sql(
      `WITH RECURSIVE linked(id) AS (
         SELECT ?1 UNION SELECT m.corrects FROM mind_memory m JOIN linked l ON m.id = l.id WHERE m.corrects IS NOT NULL
         UNION SELECT m.id FROM mind_memory m JOIN linked l ON m.corrects = l.id)
       SELECT m.id FROM mind_memory m JOIN linked USING (id) ORDER BY m.superseded_by IS NULL, m.id`,
    )
    .all(id)
    .map((row) => Number(row.id));
}
