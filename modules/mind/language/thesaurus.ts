import { fold } from "#contract";
import { EVERYDAY } from "./ideas-everyday.ts";
import { IDEAS, IRREGULAR } from "./thesaurus-data.ts";
import { formsOfOne } from "./variants.ts";

/** How surely one word stands for another: a form of it, the same idea, a kind or part of the idea, the idea of a part. */
const FORM = 0.9;
const SAME = 0.6;
const NARROWER = 0.42;
const BROADER = 0.35;

type Shares = Map<string, number>;
const table = new Map<string, Shares>();
const byBeginning = new Map<string, string[]>();

function link(from: string, to: string, share: number): void {
  if (from === to) return;
  let shares = table.get(from);
  if (!shares) {
    shares = new Map();
    table.set(from, shares);
    const beginning = from.slice(0, 3);
    const begun = byBeginning.get(beginning);
    if (begun) begun.push(from);
    else byBeginning.set(beginning, [from]);
  }
  shares.set(to, Math.max(share, shares.get(to) ?? 0));
}

const words = (text: string): string[] => text.trim().split(/\s+/).filter(Boolean).map(fold);
const rows = (text: string): string[] => text.split("\n").filter((row) => row.trim() !== "");

for (const row of rows(IRREGULAR)) {
  const forms = words(row);
  for (const one of forms) for (const other of forms) link(one, other, FORM);
}
for (const row of [...rows(IDEAS), ...rows(EVERYDAY)]) {
  const [same = [], narrower = []] = row.split("|").map(words);
  for (const one of same) {
    for (const other of same) link(one, other, SAME);
    for (const part of narrower) {
      link(one, part, NARROWER);
      link(part, one, BROADER);
    }
  }
}

const everyday = new Set(EVERYDAY.split(/[\s|]+/).filter(Boolean));
/** Whether a word of the table is English. */
export const isEverydayEnglish = (word: string): boolean => everyday.has(word);

const FORM_LEAST = 0.75;
const FORMS_MOST = 3;
/** How much of what a word stands for its other forms stand for too. */
const OF_FORM = 0.7;
const KEPT_MOST = 2000;
const ofForms = new Map<string, ReadonlyMap<string, number>>();

/**
 * Words that may stand for a word, in any of the languages the table knows, with how surely (0…1): its own, and those of the words it
 * is a form of.
 */
export function related(word: string): ReadonlyMap<string, number> {
  const known = ofForms.get(word);
  if (known) return known;
  const bases = (byBeginning.get(word.slice(0, 3)) ?? [])
    .map((base) => ({ base, like: base === word ? 1 : formsOfOne(word, base) }))
    .filter(({ like }) => like >= FORM_LEAST)
    .sort((a, b) => b.like - a.like || a.base.length - b.base.length)
    .slice(0, FORMS_MOST);
  const shares: Shares = new Map();
  for (const { base, like } of bases)
    for (const [other, share] of table.get(base) ?? [])
      if (other !== word)
        shares.set(other, Math.max(share * (base === word ? 1 : OF_FORM * like), shares.get(other) ?? 0));
  if (ofForms.size >= KEPT_MOST) ofForms.clear();
  ofForms.set(word, shares);
  return shares;
}
