import { fold } from "#contract";
import { KINDS } from "./kinds-data.ts";
import { COUNTRIES, LANGUAGES } from "./names-data.ts";
import { related } from "./thesaurus.ts";
import type { Token } from "./tokens.ts";
import { formsOfOne } from "./variants.ts";

/** Things are looked up in other forms of their base form, so surely at least. */
const FORM_LEAST = 0.75;
const BEGINNING = 3;
const WORDS_KEPT_MOST = 50_000;
/** A word stands for a kind where it means the same, so surely at least. */
const SAME_LEAST = 0.55;
/** Kinds of what people do: a verb's form names them too. Of things only the plural does: who cooked is no cook. */
const DOINGS = new Set(["sport", "hobby", "dance", "outdoors"]);
const PLURAL = /^(?:e?s|e?n)?$/;

const kindsOfThing = new Map<string, string[]>();
const byBeginning = new Map<string, string[]>();
const kinds = new Set<string>();
/** Kinds of names, which may be everyday words in small letters: `polish`, `chad`. */
const PROPER = new Set(["country", "language", "city", "island"]);

function enter(kind: string, things: string): void {
  kinds.add(kind);
  for (const thing of things.trim().split(/\s+/).map(fold)) {
    const known = kindsOfThing.get(thing);
    kindsOfThing.set(thing, [...(known ?? []), kind]);
    if (known) continue;
    const beginning = thing.slice(0, BEGINNING);
    byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), thing]);
  }
}

enter("country", COUNTRIES);
enter("language", LANGUAGES);
for (const row of KINDS.replace(/\n\s+/g, " ").split("\n")) {
  const [kind, things] = row.split(":");
  if (kind !== undefined && things !== undefined) enter(kind, things);
}

/** The kinds of what some tokens name. A name that is an everyday word too counts where it is written with a capital. */
export function kindsIn(tokens: readonly Token[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { term, named, gram } of tokens) {
    if (gram || term.length < 3) continue;
    const thing = baseOf(term);
    if (thing === undefined) continue;
    const plural = term.startsWith(thing) && PLURAL.test(term.slice(thing.length));
    for (const kind of kindsOfThing.get(thing) ?? [])
      if (PROPER.has(kind) ? named && thing === term : plural || DOINGS.has(kind)) found.add(kind);
  }
  return found;
}

const bases = new Map<string, string | undefined>();

function baseOf(term: string): string | undefined {
  if (kindsOfThing.has(term)) return term;
  if (bases.has(term)) return bases.get(term);
  const base = byBeginning
    .get(term.slice(0, BEGINNING))
    ?.find((thing) => formsOfOne(term, thing) >= FORM_LEAST);
  if (bases.size >= WORDS_KEPT_MOST) bases.clear();
  bases.set(term, base);
  return base;
}

/** The kinds that a word of a query names, in any language the table of ideas knows. */
export function kindsNamed(word: string): readonly string[] {
  const own = kinds.has(word) ? word : [...kinds].find((kind) => formsOfOne(word, kind) >= FORM_LEAST);
  if (own !== undefined) return [own];
  const heads = [...related(word)].filter(([, share]) => share >= SAME_LEAST).map(([head]) => head);
  return heads.filter((head) => kinds.has(head));
}
