import type { Hit } from "#contract";
import { Ago, Badge } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./row.module.css";

const words = t.mind.memories;

/** A memory in a list; where it was searched for, with what its score is made of. */
export function Row({
  memory,
  searched,
  onOpen,
}: {
  readonly memory: Hit;
  readonly searched?: boolean;
  onOpen(): void;
}) {
  return (
    <button type="button" className={`${style.row} ${searched ? style.hit : ""}`} onClick={onOpen}>
      {searched && (
        <span className={style.score}>
          <span className="visually-hidden">{words.score(memory.score)}</span>
          <b aria-hidden>{Math.round(memory.score * 100)}</b>
          <span className={style.meter} aria-hidden>
            <span style={{ width: `${memory.score * 100}%` }} />
          </span>
        </span>
      )}
      <span className={style.content}>
        <span className={memory.superseded_by ? style.past : style.text}>{memory.content}</span>
        <About memory={memory} />
        {searched && <Why memory={memory} />}
      </span>
    </button>
  );
}

/** Where it belongs and since when it is known, in one line. */
export function About({ memory }: { readonly memory: Hit }) {
  const { wing, room, kind, at, tainted, superseded_by, speaker } = memory;
  return (
    <span className={style.about}>
      {(wing || room) && <span>{[wing, room].filter(Boolean).join(" › ")}</span>}
      <span>{kind}</span>
      {speaker && <span>{speaker}</span>}
      <span>
        <Ago at={at} />
      </span>
      {tainted && (
        <span className={style.flag} title={words.taintedMore}>
          <Badge tone="warn">{words.tainted}</Badge>
        </span>
      )}
      {superseded_by && (
        <span className={style.flag}>
          <Badge>{words.superseded}</Badge>
        </span>
      )}
    </span>
  );
}

/** Why it was found: in words, and by the parts of its score. */
function Why({ memory: { why, parts } }: { readonly memory: Hit }) {
  const shares = Object.entries(parts ?? {}).filter(([, share]) => share > 0) as [
    keyof NonNullable<Hit["parts"]>,
    number,
  ][];
  if (why.length === 0 && shares.length === 0) return null;
  return (
    <span className={style.why}>
      <span className="visually-hidden">{words.why}: </span>
      {why.length > 0 && <span>{why.join("; ")}</span>}
      <span className={style.parts}>
        {shares.map(([part, share]) => (
          <span key={part} className={style.part}>
            {words.parts[part]}
            <span className={style.meter} aria-hidden>
              <span style={{ width: `${share * 100}%` }} />
            </span>
            <b>{t.mind.percent(share)}</b>
          </span>
        ))}
      </span>
    </span>
  );
}
