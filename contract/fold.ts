/** Letters that decomposition does not bring to their base. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ς: "σ",
};
const SPECIAL = /[ßæœøłđðþıς]/g;
/** Accents of Latin, Greek and Cyrillic; Hebrew points; Arabic vowel signs and the stretching stroke. Vowel signs of other scripts are letters. */
const MARKS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/g;
const PLAIN = /^[\0-\x7f]*$/;

/** Text in the form in which it is compared: compatibility forms resolved, lower case, without accents. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(MARKS, "")
    .normalize("NFC")
    .replace(SPECIAL, (letter) => LETTERS[letter] ?? letter);
}
