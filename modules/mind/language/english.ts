/** Porter's second stemmer for English ("Porter2"), as snowballstem.org describes it, for folded words. */

const VOWEL = /[aeiouy]/;
const DOUBLE = /(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;
const VALID_LI = /[cdeghkmnrt]$/;
const EXCEPTIONS: ReadonlyMap<string, string> = new Map(
  "skis:ski skies:sky dying:die lying:lie tying:tie idly:idl gently:gentl ugly:ugli early:earli only:onli singly:singl sky:sky news:news howe:howe atlas:atlas cosmos:cosmos bias:bias andes:andes"
    .split(" ")
    .map((pair) => pair.split(":") as [string, string]),
);
const INVARIANT_1A = new Set("inning outing canning herring earring proceed exceed succeed".split(" "));
const STEP_2: readonly (readonly [string, string])[] = [
  ["ization", "ize"],
  ["ational", "ate"],
  ["fulness", "ful"],
  ["ousness", "ous"],
  ["iveness", "ive"],
  ["tional", "tion"],
  ["biliti", "ble"],
  ["lessli", "less"],
  ["entli", "ent"],
  ["ation", "ate"],
  ["alism", "al"],
  ["aliti", "al"],
  ["ousli", "ous"],
  ["iviti", "ive"],
  ["fulli", "ful"],
  ["enci", "ence"],
  ["anci", "ance"],
  ["abli", "able"],
  ["izer", "ize"],
  ["ator", "ate"],
  ["alli", "al"],
  ["bli", "ble"],
];
const STEP_3: readonly (readonly [string, string])[] = [
  ["ational", "ate"],
  ["tional", "tion"],
  ["alize", "al"],
  ["icate", "ic"],
  ["iciti", "ic"],
  ["ical", "ic"],
  ["ness", ""],
  ["ful", ""],
];
const STEP_4 = "ement ance ence able ible ment ant ent ism ate iti ous ive ize al er ic".split(" ");

/** What stands behind the first consonant that follows a vowel. */
function region(word: string, from: number): number {
  for (let at = from + 1; at < word.length; at++)
    if (!VOWEL.test(word[at] as string) && VOWEL.test(word[at - 1] as string)) return at + 1;
  return word.length;
}

const endsShort = (word: string): boolean =>
  /[^aeiouy][aeiouy][^aeiouywxY]$/.test(word) || /^[aeiouy][^aeiouy]$/.test(word);

/** The stem that regular forms of an English word share. */
export function englishStem(word: string): string {
  if (word.length <= 2) return word;
  const exception = EXCEPTIONS.get(word);
  if (exception !== undefined) return exception;
  let stem = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const r1 = /^(?:gener|commun|arsen)/.exec(stem)?.[0].length ?? region(stem, 0);
  const r2 = region(stem, r1);
  const cut = (ending: string, instead = ""): string => stem.slice(0, stem.length - ending.length) + instead;
  const within = (ending: string, from: number): boolean => stem.length - ending.length >= from;

  if (stem.endsWith("sses")) stem = cut("es");
  else if (/ie[ds]$/.test(stem)) stem = cut("ies", stem.length > 4 ? "i" : "ie");
  else if (/[aeiouy].*[^us]s$/.test(stem) && VOWEL.test(stem.slice(0, -2))) stem = cut("s");
  if (INVARIANT_1A.has(stem)) return stem;

  const eed = /(?:eedly|eed)$/.exec(stem)?.[0];
  const verbal = /(?:ingly|edly|ing|ed)$/.exec(stem)?.[0];
  if (eed) {
    if (within(eed, r1)) stem = cut(eed, "ee");
  } else if (verbal && VOWEL.test(cut(verbal))) {
    stem = cut(verbal);
    if (/(?:at|bl|iz)$/.test(stem)) stem += "e";
    else if (DOUBLE.test(stem)) stem = stem.slice(0, -1);
    else if (endsShort(stem) && r1 >= stem.length) stem += "e";
  }
  if (/.[^aeiouy][yY]$/.test(stem)) stem = cut("y", "i");

  const second = STEP_2.find(([ending]) => stem.endsWith(ending));
  if (second) {
    if (within(second[0], r1)) stem = cut(...second);
  } else if (stem.endsWith("logi") && within("ogi", r1)) stem = cut("i");
  else if (stem.endsWith("li") && within("li", r1) && VALID_LI.test(cut("li"))) stem = cut("li");

  const third = STEP_3.find(([ending]) => stem.endsWith(ending));
  if (third) {
    if (within(third[0], r1)) stem = cut(...third);
  } else if (stem.endsWith("ative") && within("ative", r2)) stem = cut("ative");

  const fourth = STEP_4.find((ending) => stem.endsWith(ending));
  if (fourth) {
    if (within(fourth, r2)) stem = cut(fourth);
  } else if (/[st]ion$/.test(stem) && within("ion", r2)) stem = cut("ion");

  if (stem.endsWith("e") && (within("e", r2) || (within("e", r1) && !endsShort(cut("e"))))) stem = cut("e");
  else if (stem.endsWith("ll") && within("l", r2)) stem = cut("l");
  return stem.toLowerCase();
}

/** Endings that make a related word of another sort: who does it, what comes of it, what it is like. */
const DERIVED = new Set(
  "r er ers or ors ist ists ian ians ing ings ment ments ion ions ation ations ition ure ures age ance ence ancy ency ism ship hood y ity ness al ial ical ic ous ive able ible ful less ly ally e d ed es s".split(
    " ",
  ),
);
/** Words that merely end like somebody who does it, or like what it is like. */
const WHOLE = new Set(
  `mother brother father sister flower shower tower corner number letter matter butter better winter summer dinner water power cover order
   master poster former later offer river paper tiger fever silver finger anger danger leather weather feather whether together
   ladder hammer summer copper pepper supper temper center counter country county party story history body baby lady study money
   honey monkey turkey journey valley army family city pity duty beauty county university universe police policy organ organic
   passage message sausage village cottage package general generous hospital capital animal metal royal trial final rival
   event present parent patient moment element comment garment apartment department station nation passion mission question
   fashion cushion million pension lesson season reason person prison poison relative native festival arrival table cable vegetable
   station stationery posture picture future nature culture course nurse sense science silence audience evidence basic public
   topic fabric plastic classic panic traffic wedding evening morning ceiling building feeling meeting king ring spring string thing
   sing wing bring sling swing being during pudding sibling darling handy candy copy plenty empty dirty thirty twenty sixty forty
   bus plus gas dress glass grass class boss loss cross address process business princess actress news lens series species means`
    .split(/\s+/)
    .filter(Boolean),
);
const BEGINNING_LEAST = 4;
/** What the shorter of two forms of a word may end in beyond what both share. */
const ENDING_LONGEST = 5;

/** What mere inflection puts behind the beginning of one form and the other, for words of {@link WHOLE}. */
const INFLECTED = /^(?:e?s|e?d|ing|ye?ing|eing|inge|yies|iesy|yied|iedy)$/;
const STEMS_KEPT_MOST = 20_000;
const stems = new Map<string, string>();

function keptStem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= STEMS_KEPT_MOST) stems.clear();
  const stem = englishStem(word);
  stems.set(word, stem);
  return stem;
}

/** How surely two different English words are forms of one, 0 to 0.9: of the same stem, or derived from the same beginning. */
export function formsInEnglish(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a.charCodeAt(shared) === b.charCodeAt(shared)) shared++;
  if (shared < Math.min(a.length, b.length) - ENDING_LONGEST) return 0;
  const whole = WHOLE.has(a) || WHOLE.has(b);
  if (keptStem(a) === keptStem(b))
    return whole && !INFLECTED.test(a.slice(shared) + b.slice(shared)) ? 0 : 0.9;
  if (whole || shared < BEGINNING_LEAST || shared * 2 < Math.max(a.length, b.length)) return 0;
  const before = a[shared - 1];
  const ending = (rest: string): string => (rest.length > 2 && rest[0] === before ? rest.slice(1) : rest);
  const [restA, restB] = [ending(a.slice(shared)), ending(b.slice(shared))];
  return (restA === "" || DERIVED.has(restA)) && (restB === "" || DERIVED.has(restB)) ? 0.7 : 0;
}
