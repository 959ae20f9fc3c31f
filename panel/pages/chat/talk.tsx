import { MessageCircleQuestion } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import type { Attachment, ModuleInfo } from "#contract";
import { useAddress } from "../../address/index.ts";
import { call } from "../../client/index.ts";
import { Avatar, complain, Empty, ProblemNotice, useTitle } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import style from "./chat.module.css";
import { Composer } from "./composer/index.ts";
import { type Conversation, isOpen, useConversation } from "./conversation/index.ts";
import { newId, pathOf } from "./identity.ts";
import { outbox, useArrived, useOutgoing } from "./outbox/index.ts";
import { ConversationMenu } from "./sidebar/index.ts";
import { Thread } from "./thread/index.ts";
import { Welcome } from "./welcome.tsx";

interface TalkProps {
  readonly agent: string;
  readonly name: string;
  readonly info: ModuleInfo | undefined;
  readonly session: string | undefined;
  readonly toggle: ReactNode;
}

/** One conversation, or the beginning of one. */
export function Talk(props: TalkProps) {
  return props.session === undefined ? (
    <Beginning {...props} />
  ) : (
    <Going {...props} session={props.session} />
  );
}

interface Said {
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

function post(
  agent: string,
  session: string,
  { text, attachments }: Said,
  how: { readonly adds?: boolean; readonly begins?: boolean } = {},
): void {
  const { adds = false, begins = false } = how;
  outbox.add({ key: newId(), agent, session, text, attachments, at: new Date().toISOString(), adds, begins });
}

function Beginning({ agent, name, info, toggle }: TalkProps) {
  const [, go] = useLocation();
  const [draft, setDraft] = useState<string>();
  const begin = (said: Said) => {
    const session = newId();
    post(agent, session, said, { begins: true });
    go(pathOf(agent, session));
  };
  return (
    <section className={style.talk} aria-label={t.chat.fresh}>
      <header className={style.bar}>
        {toggle}
        <span />
      </header>
      <div className={style.welcomeSpace}>
        <Welcome agent={agent} name={name} info={info} onExample={setDraft} />
      </div>
      <Composer
        place={`${agent}.new`}
        name={name}
        running={false}
        given={draft}
        disabled={info !== undefined && info.state !== "ready"}
        onSend={begin}
      />
    </section>
  );
}

function Going({ agent, name, info, session, toggle }: TalkProps & { readonly session: string }) {
  const outgoing = useOutgoing(agent, session);
  const awaited = outgoing.some(({ begins, state }) => begins && state !== "accepted");
  const { conversation, problem, older, reach, reload } = useConversation(agent, session, awaited);
  useArrived(agent, conversation, outgoing, reload);
  const [editing, setEditing] = useState<number>();
  const sought = Number(useAddress().chosen("at")) || undefined;
  const [stopping, setStopping] = useState(false);
  const running = isRunning(conversation);
  useEffect(() => {
    if (!running) setStopping(false);
  }, [running]);
  useTitle(conversation.info?.title || t.shell.chat);

  const send = (said: Said) => post(agent, session, said, { adds: running && said.attachments.length === 0 });
  const stop = useCallback(() => {
    setStopping(true);
    call("turn.stop", { agent, session }).catch((thrown: unknown) => {
      setStopping(false);
      complain(thrown);
    });
  }, [agent, session]);
  /** Takes back an entry of the user and all after it, and says it anew. */
  const again = useCallback(
    async (n: number, said: Said) => {
      try {
        await call("session.rewind", { agent, session, to: n - 1 });
        post(agent, session, said);
        setEditing(undefined);
      } catch (thrown) {
        complain(thrown);
      }
    },
    [agent, session],
  );
  const goOn = useCallback(
    () => post(agent, session, { text: t.chat.goOnWords, attachments: [] }),
    [agent, session],
  );
  const lastOwn = useMemo(
    () =>
      conversation.entries.findLast(
        ({ message, source }) => message.role === "user" && source?.kind === "owner",
      ),
    [conversation.entries],
  );
  const missing = conversation.state === "missing" && outgoing.length === 0;

  return (
    <section className={style.talk} aria-label={conversation.info?.title || t.chat.fresh}>
      <header className={style.bar}>
        {toggle}
        <h1 className={style.heading}>
          <span>{conversation.info?.title || outgoing[0]?.text.slice(0, 80) || "\u00a0"}</span>
        </h1>
        <Link href={`/agents/${agent}`} className={style.who}>
          <Avatar id={agent} name={name} icon={info?.icon ?? null} small />
          <span>{name}</span>
        </Link>
        {conversation.info && <ConversationMenu info={conversation.info} current />}
      </header>
      {problem !== undefined && conversation.state === "loading" && (
        <div className={style.problem}>
          <ProblemNotice problem={problem} retry={reload} />
        </div>
      )}
      {missing ? (
        <div className={style.welcomeSpace}>
          <Empty
            icon={MessageCircleQuestion}
            title={t.chat.missing}
            action={<Link href={pathOf(agent)}>{t.chat.fresh}</Link>}
          >
            {t.chat.missingMore}
          </Empty>
        </div>
      ) : (
        <Thread
          agent={agent}
          name={name}
          session={session}
          conversation={conversation}
          outgoing={outgoing}
          editing={editing}
          onEdit={setEditing}
          onAgain={again}
          onGoOn={goOn}
          onOlder={older}
          sought={sought}
          onReach={reach}
        />
      )}
      {!missing && (
        <Composer
          place={`${agent}.${session}`}
          name={name}
          running={running}
          stopping={stopping}
          disabled={info !== undefined && info.state !== "ready"}
          onSend={send}
          onStop={stop}
          onEditLast={() => !running && lastOwn && setEditing(lastOwn.n)}
        />
      )}
    </section>
  );
}

const isRunning = ({ turns, live }: Conversation): boolean =>
  live !== null || turns.some(({ state }) => isOpen(state));
