import { estimateTokens } from "#contract";

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** The edges of a cut are moved to the border of a grapheme within so many code units. */
const EDGE = 64;

/**
 * A text that takes at most so many tokens: whole, or its beginning and its end with a note of what is missing between them;
 * empty where not even the note fits.
 */
export function cutToTokens(text: string, tokens: number): string {
  if (tokens <= 0) return "";
  // No text has more than 7 code units a token: what is longer than 16 need not be counted.
  if (text.length <= tokens * 16 && estimateTokens(text) <= tokens) return text;
  let low = 0;
  let high = Math.min(text.length, tokens * 16);
  let best = "";
  while (low <= high) {
    const keep = (low + high) >> 1;
    const cut = keepEnds(text, keep);
    if (estimateTokens(cut) <= tokens) {
      best = cut;
      low = keep + 1;
    } else {
      high = keep - 1;
    }
  }
  return best;
}

function keepEnds(text: string, keep: number): string {
  const head = Math.ceil(keep * 0.7);
  const begin = before(text, head);
  const end = Math.max(begin, after(text, text.length - (keep - head)));
  return `${text.slice(0, begin)}\n[… ${end - begin} characters left out …]\n${text.slice(end)}`;
}

/** The last border of a grapheme at or before a place. */
function before(text: string, at: number): number {
  if (at <= 0) return 0;
  if (at >= text.length) return text.length;
  const from = Math.max(0, at - EDGE);
  const window = text.slice(from, at + EDGE);
  let border = from;
  for (const { index } of GRAPHEMES.segment(window)) {
    if (from + index > at) break;
    border = from + index;
  }
  return border;
}

/** The first border of a grapheme at or after a place. */
function after(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const border = before(text, at);
  if (border === at) return at;
  const [first] = GRAPHEMES.segment(text.slice(border, border + 2 * EDGE));
  return Math.min(text.length, border + (first?.segment.length ?? 0));
}
