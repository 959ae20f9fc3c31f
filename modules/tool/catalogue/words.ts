/**
 * The words of a text for finding tools: letters and digits of any script, in lower case without accents, English endings cut so
 * that `files` finds `file`; text without spaces gives its pairs of characters.
 */
export function wordsOf(text: string): string[] {
  const folded = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  return (folded.match(/[\p{L}\p{N}]+/gu) ?? []).flatMap((word) =>
    UNSPACED.test(word) ? pairs(word) : [stem(word)],
  );
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function pairs(word: string): string[] {
  const characters = [...word];
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}

function stem(word: string): string {
  if (word.length < 4) return word;
  const cut = word
    .replace(/(?<=.{3})ies$/, "y")
    .replace(/(?<=[sxz]|ch|sh)es$/, "")
    .replace(/(?<=[^s])s$/, "")
    .replace(/(?<=.{3})(ing|ed)$/, "")
    .replace(/([^aeiouls])\1$/, "$1");
  return cut.length > 3 ? cut.replace(/e$/, "") : cut;
}
