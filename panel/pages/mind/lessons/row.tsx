import { Archive, ArchiveRestore, ArrowRight, X } from "lucide-react";
import type { Lesson } from "#contract";
import { Ago, Badge, IconButton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./lessons.module.css";
import { useRetire } from "./use_retire.ts";

const words = t.mind.lessons;

/** A lesson in the list. */
export function Row({
  agent,
  lesson,
  onOpen,
}: {
  readonly agent: string;
  readonly lesson: Lesson;
  onOpen(): void;
}) {
  const { situation, mistake, better, hits, learned_at, code, tainted, karma, state } = lesson;
  const { retire, busy } = useRetire(agent, lesson);
  return (
    <article className={style.row}>
      <button type="button" onClick={onOpen}>
        <h2>{situation}</h2>
        <p className={style.mistake}>
          <X size={15} aria-hidden />
          <span>
            <span className="visually-hidden">{words.mistake}: </span>
            {mistake}
          </span>
        </p>
        <p className={style.better}>
          <ArrowRight size={15} aria-hidden />
          <span>
            <span className="visually-hidden">{words.better}: </span>
            {better}
          </span>
        </p>
        <p className={style.about}>
          <span>{words.hits(hits)}</span>
          <span>
            <Ago at={learned_at} />
          </span>
          {code && <span>{code.replaceAll("_", " ")}</span>}
          {tainted && (
            <span className={style.flag}>
              <Badge tone="warn">{words.tainted}</Badge>
            </span>
          )}
        </p>
      </button>
      <div className={style.side}>
        <span className={style.karma} title={words.karmaHint}>
          {words.karma(karma)}
        </span>
        <IconButton
          small
          icon={state === "active" ? Archive : ArchiveRestore}
          label={state === "active" ? words.retire : words.restore}
          busy={busy}
          onClick={retire}
        />
      </div>
    </article>
  );
}
