import { CircleX } from "lucide-react";
import { t } from "../text/index.ts";
import type { Problem } from "./marks.ts";
import style from "./workbench.module.css";

const SHOWN = 20;

/** What is wrong with a module, each with its place. */
export function Problems({
  problems,
  onGo,
}: {
  readonly problems: readonly Problem[];
  onGo(file: string, line: number | null, column: number | null): void;
}) {
  if (problems.length === 0) return null;
  return (
    <ul className={style.problems} aria-label={t.editor.problems} aria-live="polite">
      {problems.slice(0, SHOWN).map((one) => {
        const { file, line, column, message, remedy } = one;
        const text = (
          <>
            <CircleX size={15} aria-hidden />
            <span>
              {message}
              {remedy && <small>{remedy}</small>}
            </span>
            {file && <code>{line ? `${file}:${line}` : file}</code>}
          </>
        );
        return (
          <li key={`${file} ${line} ${message}`}>
            {file ? (
              <button type="button" onClick={() => onGo(file, line, column)}>
                {text}
              </button>
            ) : (
              <div>{text}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
