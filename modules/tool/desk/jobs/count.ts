export interface CountJob {
  readonly text: string;
}
export interface Counted {
  readonly characters: number;
  readonly words: number;
  readonly sentences: number;
}

/** Counts by the rules of Unicode Text Segmentation, which hold for every language; https://unicode.org/reports/tr29/ */
export function count({ text }: CountJob): Counted {
  return {
    characters: parts(text, "grapheme"),
    words: parts(text, "word"),
    sentences: parts(text, "sentence"),
  };
}

function parts(text: string, granularity: "grapheme" | "word" | "sentence"): number {
  let n = 0;
  for (const { isWordLike } of new Intl.Segmenter("und", { granularity }).segment(text))
    if (granularity !== "word" || isWordLike) n++;
  return n;
}
