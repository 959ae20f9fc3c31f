import { CircleDot, X } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";
import { addressOf } from "../../../address/index.ts";
import { useAct } from "../../../client/index.ts";
import { Badge, Button, Confirm, IconButton, say } from "../../../design/index.ts";
import { locale, t } from "../../../text/index.ts";
import { Source } from "../source.tsx";
import style from "./name_panel.module.css";
import { type Fact, holds, type Name, type Scene } from "./scene.ts";

const words = t.mind.graph;
const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });

/** A name with its facts: since when, from where, and what was said before. */
export function NamePanel({
  agent,
  scene,
  name,
  moment,
  onShow,
  onAround,
}: {
  readonly agent: string;
  readonly scene: Scene;
  readonly name: Name;
  readonly moment: number | "now";
  onShow(id: string | undefined): void;
  onAround(): void;
}) {
  const [ending, setEnding] = useState<Fact>();
  const retire = useAct("graph.retire", () => say(words.retired));
  const own = scene.facts.filter(({ from, to }) => from === name.id || to === name.id);
  const present = own.filter((fact) => holds(fact, moment));
  const past = own.filter((fact) => !holds(fact, moment) && fact.valid_to !== null);
  return (
    <aside className={style.panel} aria-label={name.name}>
      <header>
        <div>
          <h2>{name.name}</h2>
          <p>{words.facts(present.length)}</p>
        </div>
        <IconButton small icon={X} label={words.close} onClick={() => onShow(undefined)} />
      </header>
      <div>
        <Button small icon={CircleDot} onClick={onAround}>
          {words.aroundThis}
        </Button>
      </div>
      {present.length === 0 && <p className={style.none}>{words.noFacts}</p>}
      <ul>
        {present.map((fact) => (
          <FactRow
            key={fact.id}
            agent={agent}
            fact={fact}
            name={name}
            onShow={onShow}
            onEnd={moment === "now" ? () => setEnding(fact) : undefined}
          />
        ))}
      </ul>
      {past.length > 0 && (
        <>
          <h3>{words.ended}</h3>
          <ul data-past>
            {past.map((fact) => (
              <FactRow key={fact.id} agent={agent} fact={fact} name={name} onShow={onShow} />
            ))}
          </ul>
        </>
      )}
      {ending && (
        <Confirm
          title={words.retireTitle}
          words={`${ending.subject} ${ending.predicate} ${ending.object}. ${words.retireWords}`}
          action={words.retire}
          onConfirm={() => retire.run({ agent, id: ending.id })}
          onClose={() => setEnding(undefined)}
        />
      )}
    </aside>
  );
}

function FactRow({
  agent,
  fact,
  name,
  onShow,
  onEnd,
}: {
  readonly agent: string;
  readonly fact: Fact;
  readonly name: Name;
  onShow(id: string): void;
  onEnd?: (() => void) | undefined;
}) {
  const { subject, predicate, object, from, to, valid_from, valid_to, source, tainted, memory, contradicts } =
    fact;
  const forth = from === name.id;
  return (
    <li className={style.fact}>
      <p>
        {forth ? (
          <span className={style.predicate}>{predicate} </span>
        ) : (
          <span className={style.predicate}>
            <button type="button" onClick={() => onShow(from)}>
              {subject}
            </button>{" "}
            {predicate} {name.name}
          </span>
        )}
        {forth && (
          <button type="button" onClick={() => onShow(to)}>
            {object}
          </button>
        )}
      </p>
      <p className={style.about}>
        <span>
          {words.since} {day.format(Date.parse(valid_from))}
          {valid_to && (
            <>
              {" "}
              {words.until} {day.format(Date.parse(valid_to))}
            </>
          )}
        </span>
        {memory ? (
          <Link href={addressOf(`/mind/${agent}/memories`, { memory: memory.id })} title={memory.content}>
            {words.memory}
          </Link>
        ) : (
          source && (
            <span>
              {words.source} <Source text={source} />
            </span>
          )
        )}
        {tainted && <Badge tone="warn">{words.tainted}</Badge>}
        {onEnd && (
          <button type="button" className={style.end} onClick={onEnd}>
            {words.retire}
          </button>
        )}
      </p>
      {contradicts.map((other) => (
        <p key={other.id} className={style.before}>
          {words.before}: {other.predicate} {other.object}
          {other.valid_to && (
            <>
              , {words.until} {day.format(Date.parse(other.valid_to))}
            </>
          )}
        </p>
      ))}
    </li>
  );
}
