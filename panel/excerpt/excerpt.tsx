import { Fragment } from "react";
import style from "./excerpt.module.css";

interface Mark {
  readonly from: number;
  readonly to: number;
}

const SPACE_SOUGHT = 12;

/** The line begins so many characters before the first of the words, so that they are in sight where there is little room. */
export function Excerpt({
  text,
  marks,
  before = Number.POSITIVE_INFINITY,
}: {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly before?: number;
}) {
  const begin = beginOf(text, Math.max(0, (marks[0]?.from ?? 0) - before));
  let at = begin;
  const pieces = marks.map(({ from, to }) => {
    const plain = text.slice(at, from);
    at = to;
    return { from, plain, word: text.slice(from, to) };
  });
  return (
    <span className={style.excerpt}>
      {begin > 0 && "…"}
      {pieces.map(({ from, plain, word }) => (
        <Fragment key={from}>
          {plain}
          <mark>{word}</mark>
        </Fragment>
      ))}
      {text.slice(at)}
    </span>
  );
}

/** The begin of a word near a place. */
function beginOf(text: string, near: number): number {
  if (near === 0) return 0;
  const space = text.indexOf(" ", near);
  if (space >= 0 && space - near < SPACE_SOUGHT) return space + 1;
  const code = text.charCodeAt(near);
  return code >= 0xdc00 && code <= 0xdfff ? near + 1 : near;
}
