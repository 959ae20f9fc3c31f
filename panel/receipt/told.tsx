import { ArrowLeft, ArrowRight, ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { CapabilityOutput, Event } from "#contract";
import { AgentName, useNames } from "../agent/index.ts";
import { useCapability } from "../client/index.ts";
import {
  Badge,
  Button,
  Code,
  CopyButton,
  Dialog,
  duration,
  Facts,
  IconButton,
  Moment,
  Notice,
  ProblemNotice,
  Skeleton,
} from "../design/index.ts";
import { t } from "../text/index.ts";
import { sentenceOf, tookMs, wentWell } from "./kind.ts";
import style from "./receipt.module.css";

const words = t.receipt;

interface EventProps {
  readonly seq: number;
  /** Goes to another one. */
  onShow(seq: number): void;
  onClose(): void;
}

/** All that the journal knows of an event. */
export function Told({ seq, onShow, onClose }: EventProps) {
  const { data, error, refetch, isFetching } = useCapability("journal.event", { seq });
  return (
    <Dialog
      side
      title={words.title(seq)}
      onClose={onClose}
      actions={
        <div className={style.steps}>
          <IconButton
            icon={ArrowLeft}
            label={words.earlier}
            disabled={seq <= 1}
            onClick={() => onShow(seq - 1)}
          />
          <IconButton icon={ArrowRight} label={words.later} onClick={() => onShow(seq + 1)} />
          <span />
          <Button icon={ShieldCheck} busy={isFetching} onClick={() => refetch()}>
            {words.verify}
          </Button>
        </div>
      }
    >
      {error ? (
        <ProblemNotice problem={error} retry={refetch} />
      ) : data ? (
        <>
          <Happened event={data.event} onLeave={onClose} />
          <Proof found={data} />
          <details className={style.fold}>
            <summary>{words.data}</summary>
            <Code value={data.event} />
          </details>
        </>
      ) : (
        <Skeleton lines={8} />
      )}
    </Dialog>
  );
}

function Happened({ event, onLeave }: { readonly event: Event; onLeave(): void }) {
  const took = tookMs(event);
  const nameOf = useNames();
  const facts: (readonly [string, ReactNode])[] = [
    [words.when, <Moment key="at" at={event.at} />],
    [words.who, <AgentName key="who" id={event.actor} full />],
  ];
  if (event.subject) facts.push([words.subject, <AgentName key="subject" id={event.subject} full />]);
  if (took !== undefined) facts.push([words.took, duration(took)]);
  if (typeof event.data.ok === "boolean")
    facts.push([
      words.outcome,
      event.data.ok ? (
        <Badge key="ok" tone="good">
          {words.ok}
        </Badge>
      ) : (
        <Badge key="ok" tone="bad">
          {words.bad}
        </Badge>
      ),
    ]);
  facts.push([words.kind, <code key="kind">{event.kind}</code>]);
  if (event.trace)
    facts.push([
      words.trace,
      <Link key="trace" href={`/journal/${event.trace}`} onClick={onLeave}>
        {t.journal.trace.open}
      </Link>,
    ]);
  return (
    <>
      <p className={wentWell(event) ? style.sentence : style.failed}>{sentenceOf(event, nameOf)}</p>
      <Facts items={facts} />
    </>
  );
}

function Proof({ found }: { readonly found: CapabilityOutput<"journal.event"> }) {
  const { event, hash_holds, chain_holds } = found;
  const { hash, prev, data } = event;
  const hashes: (readonly [string, unknown])[] = [
    [words.hash, hash],
    [words.prev, prev],
    [words.args, data.args_hash ?? data.args],
    [words.result, data.result_hash ?? data.result],
  ];
  return (
    <section className={style.proof}>
      <h3>{words.proof}</h3>
      {!hash_holds ? (
        <Notice tone="bad" title={words.brokenHash}>
          {words.brokenHashMore}
        </Notice>
      ) : chain_holds === false ? (
        <Notice tone="bad" title={words.brokenChain}>
          {words.brokenChainMore}
        </Notice>
      ) : (
        <Notice tone="good" title={words.holds}>
          {chain_holds === null ? words.holdsFirst : words.holdsMore}
        </Notice>
      )}
      <dl className={style.hashes}>
        {hashes.map(
          ([name, value]) =>
            typeof value === "string" &&
            HASH.test(value) && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <code>{value}</code>
                  <CopyButton text={value} />
                </dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}

const HASH = /^[0-9a-f]{64}$/;
