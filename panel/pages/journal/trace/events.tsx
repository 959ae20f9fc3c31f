import { X } from "lucide-react";
import { AgentName, useNames } from "../../../agent/index.ts";
import { Badge, duration, IconButton, Moment } from "../../../design/index.ts";
import { familyOf, sentenceOf, tookMs, wentWell } from "../../../receipt/index.ts";
import { t } from "../../../text/index.ts";
import type { Step } from "./step.ts";
import style from "./trace.module.css";

const words = t.journal.trace;

/** What stands in the journal about a step. */
export function StepEvents({
  step,
  onShow,
  onClose,
}: {
  readonly step: Step;
  onShow(seq: number): void;
  onClose(): void;
}) {
  const { name, detail, span, events } = step;
  const nameOf = useNames();
  return (
    <aside className={style.side} aria-label={name}>
      <header>
        <div>
          <h2>{name}</h2>
          <IconButton small icon={X} label={words.close} onClick={onClose} />
        </div>
        <p>
          {detail && detail !== name && <code>{detail}</code>}
          <span>
            <AgentName id={span.actor} />
          </span>
          <span>{duration(span.ms)}</span>
          {span.ok === false && (
            <Badge tone="bad">{span.code?.replaceAll("_", " ") ?? t.journal.failed}</Badge>
          )}
        </p>
      </header>
      <ol>
        {events.map((event) => {
          const { icon: Icon } = familyOf(event);
          const took = tookMs(event);
          return (
            <li key={event.seq}>
              <button type="button" onClick={() => onShow(event.seq)}>
                <Icon size={15} aria-hidden />
                <span>
                  <span className={wentWell(event) ? undefined : style.failed}>
                    {sentenceOf(event, nameOf)}
                  </span>
                  <small>
                    <Moment at={event.at} short />
                    {took !== undefined && <> · {duration(took)}</>} · #{event.seq}
                  </small>
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </aside>
  );
}
