import { type Links, Marked, type Token, type TokenizerAndRendererExtension, type Tokens } from "marked";

/** A formula. `display`: on a line of its own. `open`: its end has not come yet. */
export interface MathToken {
  readonly type: "math";
  readonly raw: string;
  readonly text: string;
  readonly display: boolean;
  readonly open: boolean;
}

const math = (raw: string, text: string, display: boolean, open = false): MathToken => ({
  type: "math",
  raw,
  text: text.trim(),
  display,
  open,
});

const BLOCK = /^ {0,3}(?:\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\])[ \t]*(?:\n|$)/;
const OPEN_BLOCK = /^ {0,3}(?:\$\$|\\\[)[ \t]*\n[\s\S]*$/;
const blockMath: TokenizerAndRendererExtension = {
  name: "math",
  level: "block",
  start: (source) => /^ {0,3}(?:\$\$|\\\[)/m.exec(source)?.index,
  tokenizer(source) {
    const whole = BLOCK.exec(source);
    if (whole) return math(whole[0], whole[1] ?? whole[2] ?? "", true);
    const open = OPEN_BLOCK.exec(source);
    return open ? math(open[0], open[0].replace(/^ {0,3}(?:\$\$|\\\[)/, ""), true, true) : undefined;
  },
};

/** As Pandoc has it: no white space inside the dollars, and no digit behind; nor an amount with words, so that prices stay prices. */
const PRICE = /^\d[\d.,]*\s+\p{L}{2,}/u;
const INLINE = /^(?:\$\$([^\n]+?)\$\$|\$(?!\s)((?:\\[\s\S]|[^$\\\n])+?)(?<!\s)\$(?!\d)|\\\(([\s\S]+?)\\\))/;
const inlineMath: TokenizerAndRendererExtension = {
  name: "inlineMath",
  level: "inline",
  start: (source) => /\$|\\\(/.exec(source)?.index,
  tokenizer(source) {
    const found = INLINE.exec(source);
    if (!found || PRICE.test(found[2] ?? "")) return undefined;
    const token = math(found[0], found[1] ?? found[2] ?? found[3] ?? "", found[1] !== undefined);
    return { ...token };
  },
};

const marked = new Marked({ gfm: true, extensions: [blockMath, inlineMath] });

export type { Links, Token, Tokens };

/** The blocks of a text, each with its inline parts. `links`: definitions that stand elsewhere. */
export function parse(text: string, links: Links = {}): readonly Token[] {
  const lexer = new marked.Lexer(marked.defaults);
  Object.assign(lexer.tokens.links, links);
  return lexer.lex(text);
}

/** The blocks of a text without what is in them: where each begins and ends. */
export const outline = (text: string): readonly Token[] =>
  new marked.Lexer(marked.defaults).blockTokens(text.replace(/\r\n|\r/g, "\n"), []);
