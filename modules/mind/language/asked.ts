import { fold } from "#contract";
import { MONTHS, NUMBERS, ORDINALS, TODAY, TOMORROW, UNITS, WEEKDAYS, YESTERDAY } from "../time/names.ts";

/** What an answer holds: a time, or a number. */
export type Asked = "time" | "number";

const set = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).filter(Boolean).map(fold));
const WHEN = set(
  "when wann quand cuándo quando wanneer när når kapan kiedy когда πότε متى מתי 何时 何時 いつ",
);
const WHICH = set("what which welcher welchem welches quel quelle qué qual quale welke vilken który какой");
const DATES = set(
  "date day month year time season datum tag monat jahr jour mois année fecha día mes año dia mês ano giorno mese anno dag maand jaar",
);
const HOW_MANY = set(
  "wieviel combien cuánto cuánta cuántos cuántas quanto quanta quanti quante hoeveel berapa ile сколько 几 多少",
);
const HOW = set("how wie hoe hur");
const MUCH = set("many much old far tall big viel viele alt weit veel oud ver många mycket");
const LONG = set("long often lange lang oft vaak länge ofta");
/** The question stands at the beginning. */
const BEGINS_WITHIN = 4;
/** Words that are numbers and articles. */
const ARTICLES = set("a an one ein eine einen einem einer un une uno una um uma een en satu");

/** What the answer of a question holds, by the words it begins with, in several languages. */
export function askedFor(terms: readonly string[]): Asked | undefined {
  for (const [at, term] of terms.slice(0, BEGINS_WITHIN).entries()) {
    const next = terms[at + 1] ?? "";
    if (WHEN.has(term) || (WHICH.has(term) && DATES.has(next)) || (HOW.has(term) && LONG.has(next)))
      return "time";
    if (HOW_MANY.has(term) || (HOW.has(term) && MUCH.has(next))) return "number";
  }
  return undefined;
}

const TIMES = [MONTHS, WEEKDAYS, UNITS, ORDINALS, YESTERDAY, TODAY, TOMORROW];
const isNumber = (term: string): boolean =>
  /^\p{N}/u.test(term) || ORDINALS.has(term) || (NUMBERS.has(term) && !ARTICLES.has(term));

/** Whether the terms of a text tell a time or a number. */
export const tellsOf = (asked: Asked, terms: readonly string[]): boolean =>
  terms.some((term) => isNumber(term) || (asked === "time" && TIMES.some((names) => names.has(term))));
