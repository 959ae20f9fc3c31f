import { fold } from "#contract";
import { tokenize } from "../language/tokens.ts";
import { timeExpression } from "../time/expression.ts";

/** A turn of a conversation that is written down as `Name: words`, perhaps behind a date or its number. */
export interface SpokenTurn {
  readonly speaker: string;
  /** Where the words begin. */
  readonly begins: number;
  /** When it was said, where a date with its year is given: milliseconds since 1970. */
  readonly at: number | undefined;
}

const BRACKET = "[[(（]([^\\])）\\n]{4,64})[\\])）]";
const NAME = "[\\p{Lu}\\p{Lo}][\\p{L}\\p{M}'’.-]{0,40}(?: \\p{Lu}[\\p{L}\\p{M}'’.-]{0,40}){0,2}";
const SAYS = `(${NAME})(?: ?${BRACKET})?(?:\\*{0,2}:\\*{0,2} |：| (?:said|says)[,:]? ?["“«])`;
const TURN = new RegExp(`^(?:${BRACKET}[\\s,:|–—-]{0,16})?\\*{0,2}${SAYS}`, "u");
/** Without brackets: a number, a time or a date, which must be one. */
const LED = new RegExp(`^([^\\n:]{0,12}?\\p{N}[^\\n]{0,40}?)[\\s,:|–—-]{1,16}\\*{0,2}${SAYS}`, "u");
/** `D3:12`, `#12`, `12.` */
const NUMBERED = /^\S{1,12}$/;

/** What a text says of who said it; it may be a label too, such as `Note:` (see {@link speakersIn}). */
export function spokenTurn(content: string): SpokenTurn | undefined {
  const found = TURN.exec(content) ?? led(content);
  if (!found) return undefined;
  const [whole, before, speaker, behind] = found;
  return { speaker: speaker as string, begins: whole.length, at: dateOf(before) ?? dateOf(behind) };
}

function led(content: string): RegExpExecArray | undefined {
  const found = LED.exec(content);
  const before = found?.[1] ?? "";
  return found && (NUMBERED.test(before) || dateOf(before) !== undefined) ? found : undefined;
}

/** A date that does not hang on the moment of reading. */
function dateOf(text: string | undefined): number | undefined {
  if (text === undefined || !/\d{4}/.test(text)) return undefined;
  const span = timeExpression(tokenize(text), 0)?.span;
  return span && span.to - span.from < 2 * 86_400_000 ? span.from : undefined;
}

/** The names, folded, that begin at least two of some texts: what stands before one text alone may be a label. */
export function speakersIn(texts: readonly string[]): ReadonlySet<string> {
  const times = new Map<string, number>();
  for (const text of texts) {
    const turn = spokenTurn(text);
    if (turn) times.set(fold(turn.speaker), (times.get(fold(turn.speaker)) ?? 0) + 1);
  }
  return new Set([...times].filter(([, count]) => count > 1).map(([name]) => name));
}
