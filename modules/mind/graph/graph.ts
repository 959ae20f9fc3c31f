import { type Database, FieldworkError, fold, type Row, type SqlValue } from "#contract";
import { idOf, iso, isoOrNull, numberOf } from "../memories/identity.ts";

export interface NewFact {
  readonly subject: string;
  readonly predicate: string;
  readonly object: string;
  /** Milliseconds since 1970. */
  readonly validFrom: number;
  readonly source: string | undefined;
  /** False where a subject can have several objects. */
  readonly replaces: boolean;
  readonly tainted: boolean;
  /** The conversation it was stated in. */
  readonly session: string | undefined;
}

export const keyOf = (name: string): string => fold(name).replace(/\s+/g, " ").trim();
const STEP_MOST = 500;

/**
 * States a fact. One that says another object of the same subject and predicate at that time ends where this one begins; one that is
 * known to begin later ends this one. Nothing is deleted.
 */
export function addFact(db: Database, fact: NewFact) {
  const { subject, predicate, object, validFrom, source, replaces, tainted, session } = fact;
  const [subjectKey, predicateKey, objectKey] = [keyOf(subject), keyOf(predicate), keyOf(object)];
  return db.transaction(() => {
    const same = db
      .sql(
        "SELECT id FROM mind_fact WHERE subject_key = ? AND predicate_key = ? AND object_key = ? AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?)",
      )
      .get(subjectKey, predicateKey, objectKey, validFrom, validFrom);
    if (same) return { id: idOf("fact", same.id), added: false, ended: [] };
    const others = replaces
      ? db
          .sql(
            "SELECT * FROM mind_fact WHERE subject_key = ? AND predicate_key = ? AND object_key <> ? AND (valid_to IS NULL OR valid_to > ?) ORDER BY valid_from",
          )
          .all(subjectKey, predicateKey, objectKey, validFrom)
      : [];
    const contradicted = others.filter((row) => Number(row.valid_from) <= validFrom);
    const later = others.find((row) => Number(row.valid_from) > validFrom);
    for (const row of contradicted)
      db.sql("UPDATE mind_fact SET valid_to = ? WHERE id = ?").run(validFrom, row.id as number);
    const made = db
      .sql(
        `INSERT INTO mind_fact (subject, predicate, object, subject_key, predicate_key, object_key, valid_from, valid_to, source, tainted, session)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
      )
      .get(
        subject,
        predicate,
        object,
        subjectKey,
        predicateKey,
        objectKey,
        validFrom,
        later ? Number(later.valid_from) : null,
        source ?? null,
        tainted ? 1 : 0,
        session ?? null,
      );
    return {
      id: idOf("fact", made?.id),
      added: true,
      ended: contradicted.map((row) => toFact({ ...row, valid_to: validFrom })),
    };
  });
}

/** Lets a fact end at a moment, or where it ended before; one that began later never held. @throws FieldworkError `not_found` */
export function endFact(db: Database, id: string, at: number): void {
  const { changes } = db
    .sql("UPDATE mind_fact SET valid_to = max(valid_from, min(coalesce(valid_to, ?1), ?1)) WHERE id = ?2")
    .run(at, numberOf("fact", id));
  if (changes === 0) throw new FieldworkError("not_found", `There is no fact with the id ${id}.`);
}

export interface FactQuery {
  readonly about: string | undefined;
  readonly predicate: string | undefined;
  readonly depth: number;
  /** Milliseconds since 1970; only what is valid then. */
  readonly asOf: number;
  readonly limit: number;
}

/** Facts around a name, step by step, or all of one predicate; the newest first within a step. */
export function queryFacts(db: Database, { about, predicate, depth, asOf, limit }: FactQuery) {
  const found = new Map<number, Row>();
  let tainted = false;
  const collect = (where: string, ...values: SqlValue[]): Row[] => {
    const rows = db
      .sql(
        `SELECT * FROM mind_fact WHERE ${where} AND (?1 IS NULL OR predicate_key = ?1) AND valid_from <= ?2 AND (valid_to IS NULL OR valid_to > ?2)
         ORDER BY valid_from DESC, id DESC LIMIT ${STEP_MOST}`,
      )
      .all(predicate === undefined ? null : keyOf(predicate), asOf, ...values);
    const fresh = rows.filter((row) => !found.has(Number(row.id)));
    for (const row of fresh)
      if (found.size < limit) {
        found.set(Number(row.id), row);
        tainted ||= row.tainted === 1;
      }
    return fresh;
  };
  if (about === undefined) collect("TRUE");
  else {
    let names = new Set([keyOf(about)]);
    const seen = new Set(names);
    for (let step = 0; step < depth && names.size > 0 && found.size < limit; step++) {
      const rows = collect(
        "(subject_key IN (SELECT value FROM json_each(?3)) OR object_key IN (SELECT value FROM json_each(?3)))",
        JSON.stringify([...names]),
      );
      names = new Set(
        rows
          .flatMap((row) => [String(row.subject_key), String(row.object_key)])
          .filter((name) => !seen.has(name)),
      );
      for (const name of names) seen.add(name);
    }
  }
  return { facts: [...found.values()].map(toFact), tainted };
}

export const toFact = (row: Row) => ({
  id: idOf("fact", row.id),
  subject: String(row.subject),
  predicate: String(row.predicate),
  object: String(row.object),
  valid_from: iso(row.valid_from),
  valid_to: isoOrNull(row.valid_to),
  source: row.source as string | null,
});
