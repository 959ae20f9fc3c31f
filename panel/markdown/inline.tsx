import { Fragment, type ReactNode } from "react";
import { decodeEntities } from "./entities.ts";
import type { MathToken, Token } from "./grammar.ts";
import { safeHref } from "./link.ts";
import style from "./markdown.module.css";
import { Formula } from "./math.tsx";

/** What stands in a line, as elements. Whatever is not known is shown as its source. */
export function inline(tokens: readonly Token[] | undefined): ReactNode {
  return tokens?.map((token, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line have no other name, and hold no state.
    <Fragment key={at}>{one(token)}</Fragment>
  ));
}

function one(token: Token): ReactNode {
  switch (token.type) {
    case "text":
      return token.tokens ? inline(token.tokens) : decodeEntities(token.text);
    case "escape":
      return token.text;
    case "strong":
      return <strong>{inline(token.tokens)}</strong>;
    case "em":
      return <em>{inline(token.tokens)}</em>;
    case "del":
      return <del>{inline(token.tokens)}</del>;
    case "codespan":
      return <code className={style.span}>{token.text}</code>;
    case "br":
      return <br />;
    case "link":
      return <Anchor href={token.href}>{inline(token.tokens)}</Anchor>;
    case "image":
      // A picture of another address would tell that address who reads this; it is a link to it instead.
      return <Anchor href={token.href}>{token.text || token.href}</Anchor>;
    case "math":
    case "inlineMath": {
      const { text, display, open } = token as unknown as MathToken;
      return <Formula tex={text} display={display} open={open} />;
    }
    case "html":
      return /^<br\s*\/?>$/i.test(token.raw.trim()) ? <br /> : token.raw;
    case "checkbox":
      return null;
    default:
      return token.raw;
  }
}

/** Shown for what it is: its address is its title; what may not be followed is text with the address beside it. */
function Anchor({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const to = safeHref(href);
  if (to === undefined)
    return (
      <>
        {children} <span className={style.address}>({href})</span>
      </>
    );
  return (
    <a href={to} title={to} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
