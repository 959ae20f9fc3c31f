import type { Tool } from "#contract";
import { wordsOf } from "./words.ts";

/** BM25 over fields, each with its weight; https://doi.org/10.1561/1500000019 */
const K1 = 1.2;
const B = 0.4;
const WEIGHTS = { name: 3, title: 3, keywords: 2.5, summary: 1.5, parameters: 0.6 } as const;
/** Below this share of what a perfect match of the query would score, a tool has nothing to do with it. */
const FLOOR = 0.12;

export interface Ranked {
  readonly tool: Tool;
  /** 0..1: the share of the query that it answers. */
  readonly score: number;
}

/** An index over tools, built once; a search takes microseconds and needs nothing else. */
export function createRanking(all: readonly Tool[]): (query: string, most: number) => readonly Ranked[] {
  const documents = all.map((tool) => ({ tool, counts: countsOf(tool) }));
  const lengths = documents.map(({ counts }) => [...counts.values()].reduce((sum, count) => sum + count, 0));
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const holders = new Map<string, number>();
  for (const { counts } of documents)
    for (const word of counts.keys()) holders.set(word, (holders.get(word) ?? 0) + 1);
  const rarity = (word: string): number => {
    const n = holders.get(word) ?? 0;
    return Math.log(1 + (documents.length - n + 0.5) / (n + 0.5));
  };

  return (query, most) => {
    const words = [...new Set(wordsOf(query))];
    const known = words.filter((word) => holders.has(word));
    // A word that no tool knows counts, too: what is mostly about something else finds nothing.
    const best = words.reduce((sum, word) => sum + rarity(word) * (K1 + 1), 0);
    if (known.length === 0) return [];
    return documents
      .map(({ tool, counts }, at) => {
        const norm = K1 * (1 - B + (B * (lengths[at] ?? 0)) / average);
        const score = known.reduce((sum, word) => {
          const count = counts.get(word) ?? 0;
          return sum + (count === 0 ? 0 : (rarity(word) * count * (K1 + 1)) / (count + norm));
        }, 0);
        return { tool, score: Math.min(1, score / best) };
      })
      .filter(({ score }) => score >= FLOOR)
      .sort((a, b) => b.score - a.score || (a.tool.name < b.tool.name ? -1 : 1))
      .slice(0, most);
  };
}

function countsOf(tool: Tool): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (text: string, weight: number) => {
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + weight);
  };
  add(tool.name.replace(/[._]/g, " "), WEIGHTS.name);
  add(tool.title, WEIGHTS.title);
  add(tool.keywords ?? "", WEIGHTS.keywords);
  add(tool.summary, WEIGHTS.summary);
  for (const [name, field] of Object.entries(tool.input.shape))
    add(
      `${name.replaceAll("_", " ")} ${(field as { description?: string }).description ?? ""}`,
      WEIGHTS.parameters,
    );
  return counts;
}
