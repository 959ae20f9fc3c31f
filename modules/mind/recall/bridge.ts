import type { DatabaseSync } from "node:sqlite";
import { tokenize } from "../language/tokens.ts";
import { spokenTurn } from "../memories/spoken.ts";
import { type Filter, holding } from "./candidates.ts";
import { prepared } from "./prepared.ts";
import type { Query } from "./query.ts";
import type { Ranked } from "./rank.ts";
import type { Vocabulary } from "./vocabulary.ts";

const FROM_MOST = 5;
const FROM_LEAST_SCORE = 0.3;
const NAMES_MOST = 8;
/** A name in more memories leads everywhere. */
const NAME_TEXTS_MOST = 30;
const FOUND_MOST = 60;

/**
 * The second step of a question that needs two: names and numbers that the best memories hold and the query does not, and the memories
 * that hold them too, each with the score of the one that led to it.
 */
export function bridges(
  db: DatabaseSync,
  ranked: readonly Ranked[],
  query: Query,
  vocabulary: Vocabulary,
  filter: Filter,
): ReadonlyMap<number, number> {
  const asked = new Set(query.sought.flatMap(({ terms }) => [...terms.keys()]));
  const names = new Map<string, number>();
  const best = ranked.slice(0, FROM_MOST).filter(({ score }) => score >= FROM_LEAST_SCORE);
  for (const { passage, score } of best) {
    const row = prepared(db, "SELECT content FROM mind_memory WHERE id = ?").get(passage.id) as {
      content: string;
    };
    // Whoever spoke and when is no subject that leads on.
    const said = row.content.slice(spokenTurn(row.content)?.begins ?? 0);
    for (const { term, named, first } of tokenize(said, 200))
      if (named && !first && term.length > 2 && !asked.has(term))
        names.set(term, Math.max(score, names.get(term) ?? 0));
  }
  const rare = [...names]
    .map(([term, score]) => ({ term, score, texts: vocabulary.count(term) }))
    .filter(({ term, texts }) => texts > 1 && texts <= NAME_TEXTS_MOST && vocabulary.count(`@${term}`) === 0)
    .sort((a, b) => a.texts - b.texts)
    .slice(0, NAMES_MOST);
  const found = new Map<number, number>();
  for (const { term, score } of rare)
    for (const id of holding(db, [term], filter, FOUND_MOST))
      found.set(id, Math.max(score, found.get(id) ?? 0));
  for (const { passage } of best) found.delete(passage.id);
  return found;
}
