import type { Database, Hit } from "#contract";
import { memoriesOf } from "../memories/hit.ts";
import { numberOf } from "../memories/identity.ts";

const SOURCES_MOST = 10;

export interface ListedInsight extends Hit {
  readonly sources: number;
  readonly drawn_from: Hit[];
}

/** What was consolidated, the newest first, before the one with the number `before`; each with the newest memories it was drawn from. */
export function listInsights(db: Database, limit: number, before = Number.MAX_SAFE_INTEGER): ListedInsight[] {
  const rows = db
    .sql(
      "SELECT insight, count(*) AS sources FROM mind_insight WHERE insight < ? GROUP BY insight ORDER BY insight DESC LIMIT ?",
    )
    .all(before, limit);
  const sources = new Map(rows.map((row) => [Number(row.insight), Number(row.sources)]));
  return memoriesOf(db, [...sources.keys()]).map((insight) => {
    const id = numberOf("memory", insight.id);
    const from = db
      .sql(`SELECT memory FROM mind_insight WHERE insight = ? ORDER BY memory DESC LIMIT ${SOURCES_MOST}`)
      .all(id)
      .map(({ memory }) => Number(memory));
    return { ...insight, sources: sources.get(id) ?? 0, drawn_from: memoriesOf(db, from) };
  });
}
