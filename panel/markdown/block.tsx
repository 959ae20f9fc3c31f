import { Fragment, memo, type ReactNode } from "react";
import { onDemand } from "../design/index.ts";
import { t } from "../text/index.ts";
import { CodeBlock } from "./code.tsx";
import { type Links, type MathToken, parse, type Token, type Tokens } from "./grammar.ts";
import { inline } from "./inline.tsx";
import style from "./markdown.module.css";
import { Formula } from "./math.tsx";

const Diagram = onDemand(async () => (await import("./diagram.tsx")).Diagram);

const DEPTH_MAX = 24;

/** One block, or several; parsed once for one text. */
export const Block = memo(function Block({
  text,
  links,
  level,
  growing = false,
}: {
  readonly text: string;
  readonly links: Links;
  /** Of a heading, in the page's own order. */
  readonly level?: number | undefined;
  /** It is still being written. */
  readonly growing?: boolean;
}) {
  return blocks(parse(text, links), growing, 0, level);
});

function blocks(
  tokens: readonly Token[] | undefined,
  growing: boolean,
  depth: number,
  level?: number,
): ReactNode {
  if (depth > DEPTH_MAX) return <p>{tokens?.map(({ raw }) => raw).join("")}</p>;
  return tokens?.map((token, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name; as a text grows they keep their place.
    <Fragment key={at}>{block(token, growing && at === tokens.length - 1, depth, level)}</Fragment>
  ));
}

function block(token: Token, growing: boolean, depth: number, level: number | undefined): ReactNode {
  switch (token.type) {
    case "space":
    case "def":
    case "checkbox":
      return null;
    case "paragraph":
      return <p>{inline(token.tokens)}</p>;
    case "text":
      return token.tokens ? inline(token.tokens) : token.text;
    case "heading":
      return (
        <Heading depth={token.depth} level={level}>
          {inline(token.tokens)}
        </Heading>
      );
    case "code":
      return token.lang === "mermaid" && !growing ? (
        <Diagram source={token.text} />
      ) : (
        <CodeBlock code={token.text} info={token.lang} growing={growing} />
      );
    case "blockquote":
      return <blockquote>{blocks(token.tokens, growing, depth + 1)}</blockquote>;
    case "list":
      return list(token as Tokens.List, growing, depth);
    case "table":
      return table(token as Tokens.Table);
    case "hr":
      return <hr />;
    case "math": {
      const { text, open } = token as unknown as MathToken;
      return <Formula tex={text} display open={open} />;
    }
    case "html":
      return <p className={style.raw}>{token.raw.trimEnd()}</p>;
    default:
      return <p>{token.raw}</p>;
  }
}

/** Its depth says how it looks; one inside a list or a quotation is none of the page's. */
function Heading({
  depth,
  level,
  children,
}: {
  readonly depth: number;
  readonly level: number | undefined;
  readonly children: ReactNode;
}) {
  const Level = level === undefined ? "p" : (`h${level}` as "h2" | "h3" | "h4" | "h5" | "h6");
  return <Level data-depth={depth}>{children}</Level>;
}

function list({ ordered, start, items }: Tokens.List, growing: boolean, depth: number): ReactNode {
  const children = items.map((item, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items have no other name; as a list grows they keep their place.
    <li key={at} className={item.task ? style.task : undefined}>
      {item.task && (
        <input
          type="checkbox"
          checked={item.checked === true}
          readOnly
          disabled
          aria-label={item.checked ? t.markdown.done : t.markdown.open}
        />
      )}
      {item.task ? (
        <div>{blocks(item.tokens, growing && at === items.length - 1, depth + 1)}</div>
      ) : (
        blocks(item.tokens, growing && at === items.length - 1, depth + 1)
      )}
    </li>
  ));
  return ordered ? <ol start={start === "" ? undefined : start}>{children}</ol> : <ul>{children}</ul>;
}

function table({ header, rows, align }: Tokens.Table): ReactNode {
  const side = (at: number) => ({ textAlign: align[at] ?? undefined });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className={style.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {header.map(({ tokens }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name.
              <th key={at} scope="col" style={side(at)}>
                {inline(tokens)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name.
            <tr key={row}>
              {cells.map(({ tokens }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name.
                <td key={at} style={side(at)}>
                  {inline(tokens)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
