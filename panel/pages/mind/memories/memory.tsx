import { Pencil, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import type { Hit, MemoryShown } from "#contract";
import { addressOf } from "../../../address/index.ts";
import { useAct, useCapability } from "../../../client/index.ts";
import {
  Ago,
  Badge,
  Button,
  Confirm,
  Dialog,
  Facts,
  Moment,
  Notice,
  ProblemNotice,
  Skeleton,
  say,
} from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./memory.module.css";
import { EditMemory } from "./memory_form.tsx";
import { Origin } from "./origin.tsx";

const words = t.mind.memory;

/** A memory beside the page: what it says, where it comes from, what became of it. */
export function MemoryDialog({
  agent,
  id,
  onShow,
  onClose,
}: {
  readonly agent: string;
  readonly id: string;
  onShow(id: string): void;
  onClose(): void;
}) {
  const [asked, setAsked] = useState<"edit" | "forget">();
  const { data, error, refetch } = useCapability("memory.show", { agent, id });
  const forget = useAct("memory.forget", () => say(words.forgotten));
  return (
    <>
      <Dialog
        side
        title={words.title}
        onClose={onClose}
        actions={
          data && (
            <>
              <Button look="danger" icon={Trash2} onClick={() => setAsked("forget")}>
                {words.forget}
              </Button>
              {data.memory.superseded_by === null && (
                <Button icon={Pencil} onClick={() => setAsked("edit")}>
                  {words.edit}
                </Button>
              )}
            </>
          )
        }
      >
        {error ? (
          <ProblemNotice problem={error} retry={refetch} />
        ) : data ? (
          <Shown agent={agent} shown={data} onShow={onShow} onLeave={onClose} />
        ) : (
          <Skeleton lines={8} />
        )}
      </Dialog>
      {asked === "edit" && data && (
        <EditMemory
          agent={agent}
          memory={data.memory}
          onEdited={onShow}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked === "forget" && (
        <Confirm
          title={words.forgetTitle}
          words={words.forgetWords}
          action={words.forget}
          onConfirm={async () => {
            await forget.run({ agent, ids: [id] });
            onClose();
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}

function Shown({
  agent,
  shown,
  onShow,
  onLeave,
}: {
  readonly agent: string;
  readonly shown: MemoryShown;
  onShow(id: string): void;
  onLeave(): void;
}) {
  const { memory, versions, supersedes, superseded_by, embedding, drawn_from, insights } = shown;
  const facts: (readonly [string, ReactNode])[] = [[words.at, <Ago key="at" at={memory.at} />]];
  const add = (name: string, value: ReactNode) => value !== null && facts.push([name, value]);
  add(t.mind.memories.kind, memory.kind);
  if (memory.wing || memory.room)
    add(
      words.place,
      <Link
        key="place"
        href={addressOf(`/mind/${agent}/memories`, {
          wing: memory.wing ?? undefined,
          room: memory.room ?? undefined,
        })}
      >
        {[memory.wing, memory.room].filter(Boolean).join(" › ")}
      </Link>,
    );
  if (memory.valid_from) add(words.validFrom, <Moment key="from" at={memory.valid_from} />);
  if (memory.valid_to) add(words.validTo, <Moment key="to" at={memory.valid_to} />);
  if (memory.importance !== undefined) add(words.importance, t.mind.percent(memory.importance));
  if (embedding) add(words.vector, words.vectorOf(embedding.model, embedding.dimensions));
  return (
    <>
      {superseded_by && (
        <Notice title={words.supersededBy}>
          <button type="button" className={style.other} onClick={() => onShow(superseded_by.id)}>
            {superseded_by.content}
          </button>
        </Notice>
      )}
      <p className={style.content}>{memory.content}</p>
      {memory.tainted && (
        <p className={style.tainted}>
          <Badge tone="warn">{t.mind.memories.tainted}</Badge> {t.mind.memories.taintedMore}
        </p>
      )}
      <Facts items={facts} />
      <Origin agent={agent} shown={shown} onLeave={onLeave} />
      {versions.length > 1 && (
        <section className={style.part}>
          <h3>{words.versions}</h3>
          <ol className={style.versions}>
            {versions.toReversed().map(({ id, content, valid_to }, at) => (
              <li key={id}>
                <span>
                  {at === 0 || !valid_to ? (
                    words.now
                  ) : (
                    <>
                      {words.until} <Moment at={valid_to} />
                    </>
                  )}
                </span>
                <button type="button" className={style.other} onClick={() => onShow(id)}>
                  {content}
                </button>
              </li>
            ))}
          </ol>
        </section>
      )}
      <Others title={words.supersedes} memories={supersedes} onShow={onShow} />
      <Others title={words.drawnFrom} memories={drawn_from} onShow={onShow} />
      <Others title={words.insights} memories={insights} onShow={onShow} />
    </>
  );
}

function Others({
  title,
  memories,
  onShow,
}: {
  readonly title: string;
  readonly memories: readonly Hit[];
  onShow(id: string): void;
}) {
  if (memories.length === 0) return null;
  return (
    <section className={style.part}>
      <h3>{title}</h3>
      <ul className={style.others}>
        {memories.map(({ id, content }) => (
          <li key={id}>
            <button type="button" className={style.other} onClick={() => onShow(id)}>
              {content}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
