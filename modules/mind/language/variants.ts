/**
 * Endings that make another form of the same word in languages of the Latin script, folded. Two words are forms of one where
 * they share their beginning and what is left of both is an ending.
 */
const ENDINGS = new Set(
  `s es ed d er ers est ing ings ly y ies ied ier iest ness iness ily ment ments tion ion ions ation ations ational al ally able ible ful fully less ish
  ist ists ive ity or ors e en n em t te ten tet test st ung ungen lich liche keit heit in innen ste ees ee ez ent ant ante ants aient ait
  ais eur euse eurs eux aux x o a os as i ar ir re are ere ire ando endo iendo ato ata ati ate ado ada ados adas ido ida idos idas amos emos imos an ia ian
  io cion ciones sion siones mente ito ita zione zioni kan nya lah et na orna arna ene der dem`
    .split(/\s+/)
    .filter(Boolean),
);
/** After a beginning of three letters only the surest. */
const SURE = new Set(["", "s", "es", "e", "ed", "er", "ing", "y", "en", "n", "t"]);
const LATIN = /^[a-z]+$/;
const HANGUL = /^\p{Script=Hangul}+$/u;
const DIGIT = /\p{N}/u;

function sharedPrefix(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/** `planning` after `plan` begins again with the doubled consonant. */
const undoubled = (rest: string, before: string | undefined): string =>
  rest.length > 2 && rest[0] === before ? rest.slice(1) : rest;

/**
 * How surely two different folded words are forms of one, 0 to 0.9. By shared beginning and ending alone: no dictionary, any
 * language with words.
 */
export function formsOfOne(a: string, b: string): number {
  if (DIGIT.test(a) || DIGIT.test(b)) return 0;
  const shared = sharedPrefix(a, b);
  const [restA, restB] = [a.slice(shared), b.slice(shared)];
  if (LATIN.test(a) && LATIN.test(b)) {
    if (shared < 3) return 0;
    const [endA, endB] = [undoubled(restA, a[shared - 1]), undoubled(restB, a[shared - 1])];
    if (shared === 3) return SURE.has(endA) && SURE.has(endB) ? 0.75 : 0;
    const endings = (endA === "" || ENDINGS.has(endA)) && (endB === "" || ENDINGS.has(endB));
    if (endings && shared * 2 + 1 >= Math.max(a.length, b.length)) return 0.9;
    return (2 * shared) / (a.length + b.length) >= 0.85 ? 0.6 : 0;
  }
  if (HANGUL.test(a) && HANGUL.test(b))
    return shared >= 2 && restA.length <= 3 && restB.length <= 3 ? 0.85 : 0;
  if (shared < 3 || restA.length > 3 || restB.length > 3) return 0;
  return shared >= 0.55 * Math.max(a.length, b.length) ? 0.85 : 0;
}

/** The beginning that all forms of a word share, for a search in a sorted vocabulary; `undefined` where a word has no forms. */
export function stem(word: string): string | undefined {
  if (DIGIT.test(word)) return undefined;
  const least = HANGUL.test(word) ? 2 : 3;
  if (word.length < least) return undefined;
  return word.slice(0, Math.max(least, Math.min(6, Math.floor(word.length / 2))));
}

/** The triples of letters of a word, its ends marked. */
export function wordGrams(word: string): string[] {
  const marked = `^${word}$`;
  const found = new Set<string>();
  for (let at = 0; at + 3 <= marked.length; at++) found.add(marked.slice(at, at + 3));
  return [...found];
}
