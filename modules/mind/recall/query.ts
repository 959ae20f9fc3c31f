import { type Asked, askedFor } from "../language/asked.ts";
import { expectedShare, functionWordsFor, isCommon, isEnglish } from "../language/function-words.ts";
import { kindsNamed } from "../language/kinds.ts";
import { isEverydayEnglish, related } from "../language/thesaurus.ts";
import { type Token, tokenize } from "../language/tokens.ts";
import { type TimeExpression, timeExpression } from "../time/expression.ts";
import { kindTerm } from "./marks.ts";
import type { Vocabulary } from "./vocabulary.ts";
import {
  COMMON_SURENESS,
  EVERYDAY_SURENESS,
  GRAM_SHARE,
  KIND_SHARE,
  PRIOR_TEXTS,
  SPEAKER_LEAST_WEIGHT,
  SPEAKER_SAID,
  UNKNOWN_SHARE,
} from "./weights.ts";

/** One thing a query asks for: a word with all that may stand for it in a memory. */
export interface Sought {
  readonly word: string;
  /** The information (in nats) of meeting it. */
  readonly weight: number;
  /** Terms of the index with how surely each stands for the word (0…1). */
  readonly terms: ReadonlyMap<string, number>;
  /** A name under which somebody speaks in the memories: it says who, and does not spread to neighbours. */
  readonly speaker: boolean;
  /** What a match of it is a sign of, 0…1: everybody says everyday words. */
  readonly sureness: number;
  /** No memory holds it in any form. */
  readonly unknown: boolean;
  /** In how many memories it stands. */
  readonly texts: number;
}

export interface Query {
  readonly sought: readonly Sought[];
  readonly time: TimeExpression | undefined;
  /** The whole weight of what is sought. */
  readonly weight: number;
  /** It names somebody who speaks in the memories, or something rare that they know. */
  readonly aboutKnown: boolean;
  /** What an answer must hold. */
  readonly asked: Asked | undefined;
}

/** Names that stand in more memories than this are no names of something particular. */
const NAME_TEXTS_MOST = 50;
/** A longer text is searched by its most telling words. */
const SOUGHT_MOST = 32;
const TOKENS_MOST = 1500;

/** What a text asks for, seen with the vocabulary of the memories. `now` is the moment of asking. */
export function understand(text: string, vocabulary: Vocabulary, now: number): Query {
  const tokens = tokenize(text, TOKENS_MOST);
  const time = timeExpression(tokens, now);
  const isFunctionWord = functionWordsFor(tokens.map(({ term }) => term));
  const english = isEnglish(tokens.map(({ term }) => term));
  const seen = new Map<string, Token>();
  for (const [at, token] of tokens.entries()) {
    const name = token.named && !token.first;
    if (time?.said.has(at) && !token.gram) continue;
    if ((isFunctionWord(token.term) && !name) || seen.has(token.term)) continue;
    if (token.term.length === 1 && !token.gram && !/\p{N}/u.test(token.term)) continue;
    seen.set(token.term, token);
  }
  // Only the terms of a long text that are telling are worth the search for their forms.
  const terms = [...seen.values()];
  const telling =
    terms.length <= SOUGHT_MOST
      ? terms
      : terms
          .map((token) => ({
            token,
            weight: information(token.term, vocabulary.count(token.term), vocabulary),
          }))
          .sort((a, b) => b.weight - a.weight)
          .slice(0, SOUGHT_MOST)
          .map(({ token }) => token);
  const sought = telling.map((token) => seek(token, vocabulary, isFunctionWord, english));
  const named = (one: Sought, at: number): boolean => {
    const token = telling[at] as Token;
    return (
      one.speaker ||
      (token.named &&
        !token.first &&
        one.terms.get(token.term) === 1 &&
        one.texts <= NAME_TEXTS_MOST &&
        !/^\p{N}/u.test(token.term))
    );
  };
  return {
    sought,
    time,
    weight: sought.reduce((sum, one) => sum + one.weight, 0),
    asked: askedFor(tokens.map(({ term }) => term)),
    aboutKnown: time?.span !== undefined || sought.some(named),
  };
}

/** `ln` of one over the share of texts that hold a term, where the language around counts as {@link PRIOR_TEXTS} texts. */
function information(term: string, texts: number, vocabulary: Vocabulary): number {
  return Math.log(
    (vocabulary.texts + PRIOR_TEXTS) /
      (Math.min(texts, vocabulary.texts) + PRIOR_TEXTS * expectedShare(term)),
  );
}

function seek(
  { term, gram }: Token,
  vocabulary: Vocabulary,
  isFunctionWord: (term: string) => boolean,
  english: boolean,
): Sought {
  const spoken = vocabulary.count(`@${term}`);
  if (spoken > 0) {
    const weight = Math.max(SPEAKER_LEAST_WEIGHT, information(term, spoken, vocabulary));
    const terms = new Map([
      [`@${term}`, 1],
      [term, SPEAKER_SAID],
    ]);
    return {
      word: term,
      weight,
      terms,
      speaker: true,
      sureness: COMMON_SURENESS,
      unknown: false,
      texts: spoken,
    };
  }
  const terms = new Map<string, number>();
  let texts = 0;
  const take = (found: string, share: number) => {
    if ((terms.get(found) ?? 0) >= share) return;
    // The table of ideas knows many languages: a word of one may be a mere particle in that of the question.
    if (found !== term && isFunctionWord(found)) return;
    const count = vocabulary.count(found);
    if (count === 0) return;
    if (!terms.has(found)) texts += count * share;
    terms.set(found, share);
  };
  take(term, 1);
  if (!gram) {
    for (const [form, like] of vocabulary.forms(term, english)) take(form, like);
    const known = terms.size > 0;
    for (const [other, share] of related(term)) {
      take(other, share);
      for (const [form, like] of vocabulary.forms(other, english && isEverydayEnglish(other)))
        take(form, share * like);
    }
    for (const kind of kindsNamed(term)) take(kindTerm(kind), KIND_SHARE);
    if (!known) for (const [word, like] of vocabulary.alike(term)) take(word, like);
  }
  const unknown = terms.size === 0;
  const share = unknown ? UNKNOWN_SHARE : gram ? GRAM_SHARE : 1;
  return {
    word: term,
    weight: share * information(term, Math.round(texts), vocabulary),
    terms,
    speaker: false,
    sureness: isCommon(term) ? COMMON_SURENESS : isEverydayEnglish(term) ? EVERYDAY_SURENESS : 1,
    unknown,
    texts,
  };
}
