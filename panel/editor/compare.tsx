import { useEffect, useState } from "react";
import { Dialog, Skeleton } from "../design/index.ts";
import { t } from "../text/index.ts";
import style from "./compare.module.css";

interface Part {
  readonly value: string;
  readonly added: boolean;
  readonly removed: boolean;
}

const TIME_MAX_MS = 500;
/** So many lines of what is alike are shown around each difference. */
const AROUND = 3;

/** What is alike on both sides, without its middle. */
function shortened(text: string, first: boolean, last: boolean): string {
  const lines = text.split("\n");
  const [head, tail] = [first ? 0 : AROUND, last ? 0 : AROUND + 1];
  const left = lines.length - head - tail;
  if (left <= AROUND) return text;
  return [...lines.slice(0, head), t.editor.alike(left), ...lines.slice(lines.length - tail)].join("\n");
}

/** What somebody else wrote, beside what stands in the editor: line by line. */
export function Compare({
  path,
  mine,
  theirs,
  onClose,
}: {
  readonly path: string;
  readonly mine: string;
  readonly theirs: string;
  onClose(): void;
}) {
  const words = t.editor;
  const [parts, setParts] = useState<readonly Part[]>();
  useEffect(() => {
    let current = true;
    void import("diff").then(({ diffLines }) => {
      const found = diffLines(theirs, mine, { timeout: TIME_MAX_MS }) ?? [
        { value: theirs, added: false, removed: true },
        { value: mine, added: true, removed: false },
      ];
      if (current) setParts(found);
    });
    return () => {
      current = false;
    };
  }, [mine, theirs]);
  return (
    <Dialog wide title={words.compare(path)} onClose={onClose}>
      <p className={style.legend}>
        <span data-side="theirs">{words.theirs}</span>
        <span data-side="mine">{words.mine}</span>
      </p>
      {parts ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <pre className={style.lines} tabIndex={0}>
          {parts.map((part, at) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts never move.
              key={at}
              data-side={part.added ? "mine" : part.removed ? "theirs" : undefined}
            >
              {part.added || part.removed
                ? part.value
                : shortened(part.value, at === 0, at === parts.length - 1)}
            </span>
          ))}
        </pre>
      ) : (
        <Skeleton lines={6} />
      )}
    </Dialog>
  );
}
