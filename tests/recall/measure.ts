import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Database, NewMemory } from "#contract";
import { openDatabase } from "../../kernel/storage/index.ts";
import { addMemory } from "../../modules/mind/memories/add.ts";
import { numberOf } from "../../modules/mind/memories/identity.ts";
import { speakersIn } from "../../modules/mind/memories/spoken.ts";
import { search } from "../../modules/mind/recall/search.ts";
import { stateMigrations } from "../../modules/mind/tables.ts";
import type { Conversation, Turn } from "./conversation.ts";

/** Ids of turns for a query, best first, with their absolute scores. */
export type Retriever = (
  query: string,
  k: number,
) => readonly { readonly id: string; readonly score: number }[];

export interface Retrieval {
  readonly retrieve: Retriever;
  end(): void;
}

/** The mind itself: its store and its recall, in this thread. */
export const mindRecall = (turns: readonly Turn[]): Retrieval => recallFrom(turns, asTold);

/** The same of turns as somebody else's program gives them: one text each, `Name: words`, and the day of the session. */
export const writtenRecall = (turns: readonly Turn[]): Retrieval => recallFrom(turns, asWritten);

/** The same with nothing but the text, all at once: neither time nor session. */
export const bareRecall = (turns: readonly Turn[]): Retrieval =>
  recallFrom(turns, ({ text, speaker }) => ({ content: `${speaker}: ${text}` }));

type Form = (turn: Turn) => NewMemory;
const asTold: Form = ({ text, speaker, session, at }) => ({ content: text, speaker, session, at });
const asWritten: Form = ({ text, speaker, at }) => ({
  content: `${speaker}: ${text}`,
  valid_from: `${at.slice(0, 10)}T00:00:00Z`,
});

function recallFrom(turns: readonly Turn[], form: Form): Retrieval {
  const folder = mkdtempSync(join(tmpdir(), "recall-"));
  const db = openDatabase(join(folder, "state.db"), { ladders: { mind: stateMigrations } });
  const ids = new Map<number, string>();
  remember(db, turns, ids, form);
  const reader = new DatabaseSync(db.path, { readOnly: true });
  const now = Date.parse(turns.at(-1)?.at as string) + 86_400_000;
  return {
    retrieve: (query, k) =>
      search(reader, { query, k, now }).map(({ id, score }) => ({ id: ids.get(id) as string, score })),
    end() {
      reader.close();
      db.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export function remember(
  db: Database,
  turns: readonly Turn[],
  ids: Map<number, string>,
  form: Form = asTold,
): void {
  const memories = turns.map(form);
  const speakers = speakersIn(memories.map(({ content }) => content));
  const together = memories.length > 1;
  const now = Date.parse(turns.at(-1)?.at as string);
  db.transaction(() => {
    for (const [place, memory] of memories.entries()) {
      const { id } = turns[place] as Turn;
      const added = addMemory(db, memory, { now, session: undefined, tainted: false, speakers, together });
      if (added.added) ids.set(numberOf("memory", added.id), id);
    }
  });
}

/** The baseline: plain BM25 of FTS5 with the Porter stemmer over `speaker: text`. */
export function plainRecall(turns: readonly Turn[]): Retrieval {
  const db = new DatabaseSync(":memory:");
  db.exec(
    "CREATE VIRTUAL TABLE turn USING fts5 (id UNINDEXED, text, tokenize = 'porter unicode61 remove_diacritics 2')",
  );
  const insert = db.prepare("INSERT INTO turn VALUES (?, ?)");
  for (const { id, speaker, text } of turns) insert.run(id, `${speaker}: ${text}`);
  const find = db.prepare("SELECT id, rank FROM turn WHERE turn MATCH ? ORDER BY rank LIMIT ?");
  return {
    retrieve(query, k) {
      const words = query.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
      if (words.length === 0) return [];
      const rows = find.all(words.map((word) => `"${word}"`).join(" OR "), k) as {
        id: string;
        rank: number;
      }[];
      return rows.map(({ id, rank }) => ({ id, score: -rank }));
    },
    end: () => db.close(),
  };
}

export interface Scores {
  readonly questions: number;
  /** Share of questions whose evidence is whole among the first 5, 10, 20. */
  readonly at5: number;
  readonly at10: number;
  readonly at20: number;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** How often all evidence is among the first hits, by kind of question, and over all. */
export function recallOf(
  talks: readonly Conversation[],
  make: (turns: readonly Turn[]) => Retrieval,
): ReadonlyMap<string, Scores> {
  const ranks = new Map<string, number[]>();
  for (const { turns, questions } of talks) {
    const { retrieve, end } = make(turns);
    for (const { text, kind, evidence } of questions) {
      const hits = retrieve(text, 20).map(({ id }) => id);
      const worst = Math.max(
        ...evidence.map((id) => (hits.includes(id) ? hits.indexOf(id) : Number.POSITIVE_INFINITY)),
      );
      const several = evidence.length > 1 ? ["(several needed)"] : [];
      for (const group of [kind, ...several, "all"]) ranks.set(group, [...(ranks.get(group) ?? []), worst]);
    }
    end();
  }
  const scores = (list: readonly number[]): Scores => {
    const within = (k: number) => share(list.filter((rank) => rank < k).length, list.length);
    return { questions: list.length, at5: within(5), at10: within(10), at20: within(20) };
  };
  return new Map([...ranks].map(([group, list]) => [group, scores(list)]));
}

/** Pieces given for a hundred prompts that have nothing to do with the memories: `k` at most for each, `floor` or more in score. */
export function irrelevantPerHundred(
  talks: readonly Conversation[],
  make: (turns: readonly Turn[]) => Retrieval,
  prompts: (speakers: readonly [string, string]) => readonly string[],
  k: number,
  floor: number,
): number {
  let given = 0;
  let asked = 0;
  for (const { turns, speakers } of talks) {
    const { retrieve, end } = make(turns);
    for (const prompt of prompts(speakers)) {
      asked++;
      given += retrieve(prompt, k).filter(({ score }) => score >= floor).length;
    }
    end();
  }
  return (100 * given) / asked;
}
