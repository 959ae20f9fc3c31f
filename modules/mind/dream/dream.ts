import type { Database, Row } from "#contract";
import { functionWordsFor, isCommon } from "../language/function-words.ts";
import { tokenize } from "../language/tokens.ts";
import { addMemory } from "../memories/add.ts";
import { iso, numberOf } from "../memories/identity.ts";
import { holds } from "../recall/holds.ts";
import { insightsByModel, type ModelDream } from "./model.ts";

/** An insight that is drawn from memories; `key` is the same for what would say the same again. */
export interface Insight {
  readonly key: string;
  readonly text: string;
  readonly from: readonly number[];
  readonly tainted: boolean;
}

const READ_MOST = 500;
const INSIGHTS_MOST = 20;
const NAME_TIMES_LEAST = 3;
const NAME_TIMES_MOST = 200;
const QUOTE_MOST = 160;

export interface Dreamed {
  readonly insights: number;
  /** Memories that were read. */
  readonly read: number;
  readonly cost_usd: number;
  readonly problem: string | null;
}

/**
 * Consolidates what came since the last time into insights of the kind `eureka`: what has changed, and what comes up again and again.
 * The same insight is made once; a later one about the same name, when it has come up twice as often, takes the place of the earlier.
 * With a budget a model is asked once for more.
 */
export async function dream(db: Database, now: number, model?: ModelDream): Promise<Dreamed> {
  const after = Number(db.sql("SELECT dreamed FROM mind_count").get()?.dreamed);
  const fresh = db
    .sql(
      `SELECT id, content, at, tainted, speaker FROM mind_memory WHERE id > ? AND kind <> 'eureka' ORDER BY id LIMIT ${READ_MOST}`,
    )
    .all(after);
  const found = [...changes(db), ...recurring(db, fresh)].slice(0, INSIGHTS_MOST);
  const more = model && fresh.length > 0 ? await insightsByModel(fresh, model) : undefined;
  if (more) found.push(...more.insights);
  let insights = 0;
  db.transaction(() => {
    for (const insight of found) if (keep(db, insight, now)) insights++;
    const last = fresh.at(-1)?.id;
    if (last !== undefined) db.sql("UPDATE mind_count SET dreamed = ?").run(last);
  });
  return {
    insights,
    read: fresh.length,
    cost_usd: more?.cost_usd ?? 0,
    problem: more?.problem ?? (model && !more ? "Nothing was remembered since the last time." : null),
  };
}

function keep(db: Database, { key, text, from, tainted }: Insight, now: number): boolean {
  if (db.sql("SELECT 1 FROM mind_dreamed WHERE key = ?").get(key)) return false;
  // What was forgotten while a model was asked leaves nothing behind.
  const present = db
    .sql("SELECT count(*) AS n FROM mind_memory WHERE id IN (SELECT value FROM json_each(?))")
    .get(JSON.stringify(from))?.n;
  if (present !== from.length) return false;
  const made = addMemory(
    db,
    { content: text, kind: "eureka", importance: 0.6, source: "dream" },
    { now, session: undefined, tainted },
  );
  if (!made.added) return false;
  const id = numberOf("memory", made.id);
  for (const memory of from) db.sql("INSERT OR IGNORE INTO mind_insight VALUES (?, ?)").run(id, memory);
  const about = key.replace(/\d+$/, "");
  db.sql(
    "UPDATE mind_memory SET superseded_by = ?1, valid_to = ?2 WHERE superseded_by IS NULL AND id IN (SELECT insight FROM mind_dreamed WHERE key >= ?3 AND key < ?3 || '~')",
  ).run(id, now, about);
  db.sql("INSERT INTO mind_dreamed VALUES (?, ?)").run(key, id);
  return true;
}

/** Facts whose place a newer one has taken. */
function changes(db: Database): Insight[] {
  return db
    .sql(
      `SELECT o.id AS old_id, o.content AS old, n.id AS new_id, n.content AS new, n.at, max(o.tainted, n.tainted) AS tainted
       FROM mind_memory o JOIN mind_memory n ON n.id = o.superseded_by
       WHERE o.kind <> 'eureka' AND NOT EXISTS (SELECT 1 FROM mind_dreamed WHERE key = 'change ' || o.id || '-' || n.id) LIMIT ${INSIGHTS_MOST}`,
    )
    .all()
    .map((row) => ({
      key: `change ${row.old_id}-${row.new_id}`,
      text: `Changed on ${iso(row.at).slice(0, 10)}: "${quote(row.old)}" became "${quote(row.new)}".`,
      from: [Number(row.old_id), Number(row.new_id)],
      tainted: row.tainted === 1,
    }));
}

/** Names that come up again and again, on different days. */
function recurring(db: Database, fresh: readonly Row[]): Insight[] {
  const names = new Map<string, string>();
  for (const row of fresh) {
    const tokens = tokenize(String(row.content));
    const isFunctionWord = functionWordsFor(tokens.map(({ term }) => term));
    for (const { term, named, first } of tokens) {
      // A word that everybody uses is no name, however it is written.
      if (!named || first || isFunctionWord(term) || isCommon(term)) continue;
      if (term.length >= 3 && !/^\p{N}/u.test(term)) names.set(term, properName(String(row.content), term));
    }
  }
  return [...names].flatMap(([term, name]): Insight[] => {
    const times = Number(db.sql("SELECT memories FROM mind_term WHERE term = ?").get(term)?.memories ?? 0);
    const spoken = db.sql("SELECT 1 FROM mind_term WHERE term = ?").get(`@${term}`);
    if (spoken || times < NAME_TIMES_LEAST || times > NAME_TIMES_MOST) return [];
    const rows = db
      .sql(
        `SELECT id, content, at, tainted FROM mind_memory WHERE kind <> 'eureka' AND superseded_by IS NULL
           AND id IN (SELECT rowid FROM mind_memory_fts WHERE mind_memory_fts MATCH ?) ORDER BY at, id`,
      )
      .all(holds(term));
    const [first, last] = [rows[0], rows.at(-1)];
    if (rows.length < NAME_TIMES_LEAST || !first || !last || Number(last.at) - Number(first.at) < 86_400_000)
      return [];
    return [
      {
        key: `name ${term} ${Math.floor(Math.log2(rows.length))}`,
        text: `${name} came up ${rows.length} times from ${iso(first.at).slice(0, 10)} to ${iso(last.at).slice(0, 10)}. First: "${quote(first.content)}" Latest: "${quote(last.content)}"`,
        from: rows.map((row) => Number(row.id)),
        tainted: rows.some((row) => row.tainted === 1),
      },
    ];
  });
}

const quote = (content: unknown): string => {
  const text = String(content).replace(/\s+/g, " ").trim();
  return text.length <= QUOTE_MOST ? text : `${text.slice(0, QUOTE_MOST)}…`;
};

/** A name as it is written, for a folded term. */
function properName(content: string, term: string): string {
  const words = content.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.find((word) => tokenize(word)[0]?.term === term) ?? term;
}
