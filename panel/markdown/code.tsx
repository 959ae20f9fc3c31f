import { memo, type ReactNode, useEffect, useState } from "react";
import { CopyButton } from "../design/index.ts";
import { t } from "../text/index.ts";
import type { Colour, Coloured } from "./highlight.ts";
import style from "./markdown.module.css";

/** Larger blocks stay plain, and so do those that are still being written and are larger than the second. */
const COLOURED_MAX_CHARS = 60_000;
const GROWING_MAX_CHARS = 6_000;

/** A block of code with its language and a way to copy it. */
export const CodeBlock = memo(function CodeBlock({
  code,
  info,
  growing,
}: {
  readonly code: string;
  readonly info: string | undefined;
  readonly growing: boolean;
}) {
  const name = /^\S+/.exec(info ?? "")?.[0];
  return (
    <figure className={style.code}>
      <figcaption>
        <span>{name ?? t.markdown.code}</span>
        <CopyButton text={code} label={t.markdown.copyCode} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>
        <code>
          <Colours code={code} info={info} growing={growing} />
        </code>
      </pre>
    </figure>
  );
});

function Colours({
  code,
  info,
  growing,
}: {
  readonly code: string;
  readonly info: string | undefined;
  readonly growing: boolean;
}) {
  const [ready, setReady] = useState<{ readonly info: string; readonly colour: Colour }>();
  const small = code.length <= (growing ? GROWING_MAX_CHARS : COLOURED_MAX_CHARS);
  useEffect(() => {
    if (!info || !small) return;
    let gone = false;
    void import("./highlight.ts")
      .then(({ colourOf }) => colourOf(info))
      .then((colour) => {
        if (colour && !gone) setReady({ info, colour });
      })
      // Without its colours the code can still be read.
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [small, info]);
  // Words behind a fence may still grow: what is ready may be for those that stood there before.
  return small && ready && ready.info === info ? toElements(ready.colour(code)) : code;
}

const toElements = (pieces: readonly Coloured[]): ReactNode =>
  pieces.map((piece, at) =>
    typeof piece === "string" ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces are drawn anew as a whole.
      <span key={at} className={piece.classes}>
        {toElements(piece.children)}
      </span>
    ),
  );
