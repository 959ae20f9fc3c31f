import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { memo, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useCapability } from "../../../client/index.ts";
import { onDemand, Spinner } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { type Conversation, type Item, isOpen, logged, withLive } from "../conversation/index.ts";
import type { Outgoing } from "../outbox/index.ts";
import { ApprovalCard, QuestionCard } from "./asked.tsx";
import { Day } from "./day.tsx";
import { Loading } from "./loading.tsx";
import { Reply } from "./reply.tsx";
import { spoken } from "./spoken.ts";
import { Summary } from "./summary.tsx";
import style from "./thread.module.css";
import { UserMessage } from "./user_message.tsx";

const Recalled = onDemand(async () => (await import("./recalled.tsx")).Recalled);

const OVERSCAN = 5;
const NEAR_END_PX = 96;
const AWAY_PX = 400;
const OLDER_AT_ITEM = 4;
const ANNOUNCED_CHARS = 400;
/** Signs and code count here, and are not said. */
const READ_CHARS = 4 * ANNOUNCED_CHARS;

export interface ThreadProps {
  readonly agent: string;
  readonly name: string;
  readonly session: string;
  readonly conversation: Conversation;
  readonly outgoing: readonly Outgoing[];
  /** The entry of the user that is being edited. */
  readonly editing: number | undefined;
  onEdit(n: number | undefined): void;
  /** Takes back an entry of the user and what came after it, and says it anew. */
  onAgain(n: number, said: { readonly text: string; readonly attachments: Outgoing["attachments"] }): void;
  onGoOn(): void;
  onOlder(): void;
  /** The entry that is to be brought into sight. */
  readonly sought: number | undefined;
  /** Reads back to it. */
  onReach(n: number): void;
}

/** The messages, as many as there are: only those in sight are drawn; the end stays in sight unless somebody scrolled away. */
export function Thread(props: ThreadProps) {
  const { agent, session, name, conversation, outgoing, editing, onEdit, onAgain, onGoOn, onOlder } = props;
  const { sought, onReach } = props;
  const { entries, turns, more } = conversation;
  const scroll = useRef<HTMLDivElement>(null);
  const [recalled, setRecalled] = useState<string>();

  const before = useMemo(() => logged({ entries, turns }), [entries, turns]);
  const items = useMemo(() => withLive(before, conversation, outgoing), [before, conversation, outgoing]);
  const running = turns.some(({ state }) => isOpen(state)) || conversation.live !== null;
  const lastReply = items.findLastIndex(({ kind }) => kind === "reply");
  const lastUser = items.findLastIndex(({ kind }) => kind === "user");

  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    getItemKey: (at) => items[at]?.key ?? at,
    estimateSize: (at) => estimate(items[at]),
    overscan: OVERSCAN,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: NEAR_END_PX,
    paddingStart: 8,
    paddingEnd: 28,
  });
  const shown = virtual.getVirtualItems();
  const first = shown[0];

  // Whoever is at the end stays there, whatever grows; whoever scrolls away stays where they are.
  const pinned = useRef(true);
  const height = virtual.getTotalSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: every growth is followed.
  useLayoutEffect(() => {
    const element = scroll.current;
    if (element && pinned.current) element.scrollTop = element.scrollHeight;
  }, [height, items]);

  const isThere = items.length > 0;
  // The box below grows with what is written and attached: what is read stays above it.
  useEffect(() => {
    const element = scroll.current;
    if (!isThere || !element) return;
    const observer = new ResizeObserver(() => {
      if (pinned.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [isThere]);

  const place = useRef<string>(undefined);
  useLayoutEffect(() => {
    if (!isThere || place.current === session) return;
    place.current = session;
    pinned.current = true;
    virtual.scrollToEnd();
  }, [isThere, session, virtual]);
  // What one says oneself is always in sight.
  const newest = outgoing.at(-1)?.key;
  useEffect(() => {
    if (newest === undefined) return;
    pinned.current = true;
    virtual.scrollToEnd();
  }, [newest, virtual]);
  useEffect(() => {
    if (more && first && first.index < OLDER_AT_ITEM) onOlder();
  }, [more, first, onOlder]);
  // A place that was asked for is read back to, shown once, and marked.
  const firstRead = entries[0]?.n;
  const isRead = sought !== undefined && firstRead !== undefined && (firstRead <= sought || !more);
  const soughtAt = isRead ? placeOf(items, sought) : -1;
  const reached = useRef<number>(undefined);
  useEffect(() => {
    if (sought === undefined) reached.current = undefined;
    if (sought === undefined || reached.current === sought || firstRead === undefined) return;
    if (!isRead) return onReach(sought);
    if (soughtAt < 0) return;
    reached.current = sought;
    pinned.current = false;
    virtual.scrollToIndex(soughtAt, { align: "center" });
  }, [sought, isRead, soughtAt, firstRead, onReach, virtual]);
  const bringIntoSight = useEffectEvent((n: number) => {
    const at = items.findIndex((one) => one.kind === "user" && one.n === n);
    if (at >= 0) virtual.scrollToIndex(at, { align: "center" });
  });
  useEffect(() => {
    if (editing !== undefined) bringIntoSight(editing);
  }, [editing]);

  if (conversation.state === "loading" && items.length === 0) return <Loading />;
  return (
    <div className={style.frame}>
      <div
        ref={scroll}
        className={style.scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        role="log"
        aria-live="off"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          pinned.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
        }}
        aria-label={t.chat.log}
      >
        <div className={style.column} style={{ height }}>
          {more && (
            <p className={style.older}>
              <Spinner /> {t.chat.loadingOlder}
            </p>
          )}
          <div className={style.shown} style={{ transform: `translateY(${first?.start ?? 0}px)` }}>
            {shown.map(({ index, key }) => {
              const item = items[index];
              return (
                item && (
                  <div
                    key={key}
                    ref={virtual.measureElement}
                    data-index={index}
                    className={style.item}
                    data-sought={index === soughtAt || undefined}
                  >
                    <One
                      item={item}
                      agent={agent}
                      name={name}
                      idle={!running}
                      last={index === lastReply && lastReply > lastUser}
                      editing={item.kind === "user" && item.n !== undefined && item.n === editing}
                      items={items}
                      onEdit={onEdit}
                      onAgain={onAgain}
                      onGoOn={onGoOn}
                      onRecalled={setRecalled}
                    />
                    {index === items.length - 1 && (
                      <Asked agent={agent} session={session} conversation={conversation} />
                    )}
                  </div>
                )
              );
            })}
          </div>
        </div>
      </div>
      {isThere && virtual.getDistanceFromEnd() > AWAY_PX && (
        <button
          type="button"
          className={style.latest}
          onClick={() => virtual.scrollToEnd({ behavior: "smooth" })}
        >
          <ArrowDown size={16} aria-hidden />
          {t.chat.latest}
        </button>
      )}
      <Announced items={before} name={name} running={running} />
      {recalled !== undefined && (
        <Recalled agent={agent} turn={recalled} onClose={() => setRecalled(undefined)} />
      )}
    </div>
  );
}

interface OneProps extends Pick<ThreadProps, "agent" | "name" | "onEdit" | "onAgain" | "onGoOn"> {
  readonly item: Item;
  readonly items: readonly Item[];
  readonly idle: boolean;
  readonly last: boolean;
  readonly editing: boolean;
  onRecalled(turn: string): void;
}

const One = memo(
  function One({
    item,
    items,
    agent,
    name,
    idle,
    last,
    editing,
    onEdit,
    onAgain,
    onGoOn,
    onRecalled,
  }: OneProps) {
    switch (item.kind) {
      case "day":
        return <Day at={item.at} />;
      case "summary":
        return <Summary text={item.text} />;
      case "user":
        return <UserMessage item={item} idle={idle} editing={editing} onEdit={onEdit} onAgain={onAgain} />;
      case "reply": {
        const retry = () => {
          const own = items.findLast(
            (one) => one.kind === "user" && one.turn === item.trace && one.n !== undefined,
          );
          const opening = items.find(
            (one) => one.kind === "user" && one.turn === item.trace && one.n !== undefined,
          );
          const user = opening ?? own;
          if (user?.kind === "user" && user.n !== undefined)
            onAgain(user.n, { text: user.text, attachments: user.attachments });
        };
        return (
          <Reply
            item={item}
            agent={agent}
            name={name}
            last={last}
            idle={idle}
            onRetry={retry}
            onGoOn={onGoOn}
            onRecalled={onRecalled}
          />
        );
      }
    }
  },
  (a, b) =>
    a.item === b.item &&
    a.idle === b.idle &&
    a.last === b.last &&
    a.editing === b.editing &&
    a.name === b.name &&
    a.agent === b.agent,
);

/** The item that an entry is part of: a reply has several, and is known by its last one. */
const placeOf = (items: readonly Item[], n: number): number =>
  items.findIndex((one) => (one.kind === "user" || one.kind === "reply") && (one.n ?? 0) >= n);

/** What the turn that runs asks of the owner. */
function Asked({ agent, session, conversation }: Pick<ThreadProps, "agent" | "session" | "conversation">) {
  const approvals = useCapability("approval.list", {});
  const questions = useCapability("question.list", {});
  const open = new Set(conversation.turns.filter(({ state }) => isOpen(state)).map(({ turn }) => turn));
  return (
    <div className={style.asked} aria-live="polite">
      {approvals.data?.approvals
        .filter(({ trace }) => open.has(trace))
        .map((one) => (
          <ApprovalCard key={one.id} approval={one} agent={agent} />
        ))}
      {questions.data?.questions
        .filter((one) => one.agent === agent && one.session === session)
        .map((one) => (
          <QuestionCard key={one.id} id={one.id} question={one.question} options={one.options} />
        ))}
    </div>
  );
}

/** Reads an answer out once it is whole; a stream of tokens would be noise. */
function Announced({
  items,
  name,
  running,
}: {
  readonly items: readonly Item[];
  readonly name: string;
  readonly running: boolean;
}) {
  const [words, setWords] = useState("");
  const was = useRef(running);
  useEffect(() => {
    if (was.current && !running) {
      const last = items.findLast((one) => one.kind === "reply");
      const text = last?.parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])).join(" ") ?? "";
      setWords(t.chat.replied(name, spoken(text.slice(0, READ_CHARS)).slice(0, ANNOUNCED_CHARS)));
    } else if (running) setWords(t.chat.works(name));
    was.current = running;
  }, [running, items, name]);
  return (
    <p className="visually-hidden" role="status">
      {words}
    </p>
  );
}

const CHARS_A_LINE = 85;
const LINE_PX = 25;
/** How high an item will be, roughly, before it is drawn. */
function estimate(item: Item | undefined): number {
  switch (item?.kind) {
    case "user":
      return 70 + Math.ceil(item.text.length / 60) * LINE_PX;
    case "reply":
      return (
        60 +
        item.parts.reduce(
          (sum, part) =>
            sum + (part.kind === "text" ? Math.ceil(part.text.length / CHARS_A_LINE + 1) * LINE_PX : 40),
          0,
        )
      );
    default:
      return 56;
  }
}
