import { memo, useMemo, useRef } from "react";
import { Block } from "./block.tsx";
import { type Blocks, splitBlocks } from "./blocks.ts";
import { levelsOf } from "./levels.ts";
import style from "./markdown.module.css";
import { mend } from "./mend.ts";

/** A text in Markdown. `growing`: it is still being written. */
export const Markdown = memo(function Markdown({
  text,
  growing = false,
}: {
  readonly text: string;
  readonly growing?: boolean;
}) {
  const before = useRef<Blocks>(undefined);
  const { done, last, links } = useMemo(() => {
    before.current = splitBlocks(text, before.current);
    return before.current;
  }, [text]);
  const levels = useMemo(() => levelsOf([...done, last]), [done, last]);
  return (
    <div className={style.markdown}>
      {done.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks keep their place.
        <Block key={at} text={block} links={links} level={levels[at]} />
      ))}
      {last !== "" && (
        <Block
          key={done.length}
          text={growing ? mend(last) : last}
          links={links}
          level={levels[done.length]}
          growing={growing}
        />
      )}
    </div>
  );
});
