import { duration } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import type { Step } from "./step.ts";
import style from "./waterfall.module.css";

const words = t.journal.trace;
const TICKS = [0, 0.25, 0.5, 0.75, 1];
const INDENT_MAX = 8;

/** Steps below each other, each as long as it took and where it began. */
export function Waterfall({
  steps,
  ms,
  chosen,
  onChoose,
}: {
  readonly steps: readonly Step[];
  readonly ms: number;
  readonly chosen: string | undefined;
  onChoose(span: string): void;
}) {
  return (
    <div className={style.waterfall}>
      <div className={style.ruler} aria-hidden>
        {TICKS.map((part) => (
          <span key={part} style={{ insetInlineStart: `${part * 100}%` }}>
            {part === 0 ? "0" : duration(ms * part)}
          </span>
        ))}
      </div>
      <ol aria-label={words.steps}>
        {steps.map(({ span, name, detail, hue, from, length }) => (
          <li key={span.span}>
            <button
              type="button"
              aria-pressed={span.span === chosen}
              aria-label={words.step(
                detail && detail !== name ? `${name}, ${detail}` : name,
                duration(span.ms),
              )}
              onClick={() => onChoose(span.span)}
            >
              <span
                className={style.name}
                style={{ paddingInlineStart: `${Math.min(span.depth, INDENT_MAX) * 0.9}rem` }}
              >
                <span className={span.ok === false ? style.failed : undefined}>{name}</span>
                {detail && detail !== name && <small>{detail}</small>}
              </span>
              <span className={style.track}>
                <span
                  className={style.bar}
                  data-hue={span.ok === false ? 5 : hue}
                  style={{ insetInlineStart: `${from * 100}%`, width: `${length * 100}%` }}
                />
              </span>
              <span className={style.took}>{duration(span.ms)}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
