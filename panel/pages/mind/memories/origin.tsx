import type { ReactNode } from "react";
import { Link } from "wouter";
import type { MemoryShown } from "#contract";
import { useCapability } from "../../../client/index.ts";
import { Facts } from "../../../design/index.ts";
import { Receipt } from "../../../receipt/index.ts";
import { t } from "../../../text/index.ts";
import { Source } from "../source.tsx";
import style from "./memory.module.css";

const words = t.mind.memory;
/** Acts that write a memory; their event stands within this time of it. */
const WRITES = new Set(["memory.add", "memory.edit", "store.brain.add", "mind.dream"]);
const WITHIN_MS = 3000;

/** Where a memory comes from: its source, its conversation, and the event that wrote it. */
export function Origin({
  agent,
  shown: { memory, origin },
  onLeave,
}: {
  readonly agent: string;
  readonly shown: MemoryShown;
  onLeave(): void;
}) {
  const at = Date.parse(memory.at);
  const { data } = useCapability("journal.query", {
    kind: "capability.called",
    from: new Date(at - WITHIN_MS).toISOString(),
    to: new Date(at + WITHIN_MS).toISOString(),
    limit: 1000,
  });
  const event = data?.events
    .filter(
      ({ actor, subject, data: { ok } }) =>
        ok === true && WRITES.has(subject ?? "") && (actor === agent || actor === "owner"),
    )
    .sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0];
  const items: (readonly [string, ReactNode])[] = [];
  if (origin.source) items.push([words.source, <Source key="source" text={origin.source} />]);
  if (origin.speaker) items.push([words.speaker, origin.speaker]);
  if (origin.session)
    items.push([
      words.conversation,
      <span key="session">
        <Link href={`/chat/${agent}/${encodeURIComponent(origin.session)}`} onClick={onLeave}>
          {origin.session}
        </Link>
        {origin.position !== null && <>, {words.inConversation(origin.position)}</>}
      </span>,
    ]);
  if (event) items.push([words.event, <Receipt key="event" seq={event.seq} />]);
  if (items.length === 0) return null;
  return (
    <section className={style.part}>
      <h3>{words.where}</h3>
      <Facts items={items} />
    </section>
  );
}
