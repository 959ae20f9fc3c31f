import { type Database, FieldworkError, type Hit, type MemoryShown } from "#contract";
import { wordingsOf } from "./edit.ts";
import { memoriesOf } from "./hit.ts";
import { isoOrNull, numberOf } from "./identity.ts";

const LINKED_MOST = 50;

/** All that is known of a memory. @throws FieldworkError `not_found` */
export function showMemory(db: Database, id: string): MemoryShown {
  const number = numberOf("memory", id);
  const [memory] = memoriesOf(db, [number]);
  if (!memory) throw new FieldworkError("not_found", `There is no memory with the id ${id}.`);
  const row = db.sql("SELECT position, valid_from, at FROM mind_memory WHERE id = ?").get(number);
  const wordings = wordingsOf(db, number);
  const ids = (sql: string): Hit[] =>
    memoriesOf(
      db,
      db
        .sql(`${sql} LIMIT ${LINKED_MOST}`)
        .all(number)
        .map((one) => Number(one.id)),
    );
  const vector = db
    .sql("SELECT model, length(vector) AS dimensions FROM mind_vector WHERE memory = ?")
    .get(number);
  const { source, session, speaker = null, superseded_by: later } = memory;
  return {
    memory,
    origin: { source, session, speaker, position: row?.position as number | null },
    versions: memoriesOf(db, wordings).map((one) => ({
      id: one.id,
      content: one.content,
      valid_from: one.valid_from ?? isoOrNull(Date.parse(one.at)),
      valid_to: one.valid_to,
    })),
    supersedes: ids(
      "SELECT id FROM mind_memory WHERE superseded_by = ? ORDER BY coalesce(valid_from, at) DESC",
    ).filter((one) => !wordings.includes(numberOf("memory", one.id))),
    superseded_by: later ? (memoriesOf(db, [numberOf("memory", later)])[0] ?? null) : null,
    embedding: vector ? { model: String(vector.model), dimensions: Number(vector.dimensions) } : null,
    drawn_from: ids("SELECT memory AS id FROM mind_insight WHERE insight = ? ORDER BY memory DESC"),
    insights: ids("SELECT insight AS id FROM mind_insight WHERE memory = ? ORDER BY insight DESC"),
  };
}
