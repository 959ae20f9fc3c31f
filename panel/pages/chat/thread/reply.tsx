import { Brain, ChevronRight, Ellipsis, GitBranch, ListTree, RotateCw, Sparkles } from "lucide-react";
import { memo, useState } from "react";
import { Link, useLocation } from "wouter";
import { call } from "../../../client/index.ts";
import {
  ActionLink,
  Button,
  CopyButton,
  complain,
  IconButton,
  Moment,
  onDemand,
  say,
} from "../../../design/index.ts";
import { Markdown } from "../../../markdown/index.ts";
import { t } from "../../../text/index.ts";
import type { Part, ReplyItem } from "../conversation/index.ts";
import { pathOf } from "../identity.ts";
import { TurnCost } from "./cost.tsx";
import style from "./thread.module.css";
import { ToolRow } from "./tool_row.tsx";

const TurnDetails = onDemand(async () => (await import("./details.tsx")).TurnDetails);

interface ReplyProps {
  readonly item: ReplyItem;
  readonly agent: string;
  readonly name: string;
  /** The newest of the conversation. */
  readonly last: boolean;
  readonly idle: boolean;
  onRetry(): void;
  onGoOn(): void;
  onRecalled(turn: string): void;
}

/** What an agent answered: what it thought, what it did, what it said. */
export const Reply = memo(function Reply(props: ReplyProps) {
  const { item, name } = props;
  const { working, turn } = item;
  // What a failed turn says last is what went wrong.
  const failed = !working && item.ends && turn?.finish === "error" && item.parts.at(-1)?.kind === "text";
  const parts = failed ? item.parts.slice(0, -1) : item.parts;
  const quiet = working && !parts.some(isMoving);
  return (
    <article className={style.reply} aria-label={name} aria-busy={working}>
      {groups(parts).map((group) =>
        group.kind === "steps" ? (
          <div key={group.key} className={style.steps}>
            {group.parts.map((part, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: steps keep their place, and models may name several alike.
              <Step key={at} part={part} />
            ))}
          </div>
        ) : group.part.kind === "image" ? (
          <img key={group.key} className={style.picture} src={group.part.source} alt={t.chat.image} />
        ) : (
          <Markdown
            key={group.key}
            text={group.part.kind === "text" ? group.part.text : ""}
            growing={group.part.kind === "text" && group.part.growing}
          />
        ),
      )}
      {quiet && (
        <p className={style.working}>
          <span />
          <span />
          <span />
          <span className="visually-hidden">{t.chat.works(name)}</span>
        </p>
      )}
      {!working && <Ending {...props} />}
      {!working && item.ends && <Footer {...props} />}
    </article>
  );
});

/** It shows by itself that something happens. */
const isMoving = (part: Part): boolean =>
  part.kind === "tool"
    ? part.call.state === "running" || part.call.state === "written"
    : part.kind !== "image" && part.growing;

type Group =
  | { readonly kind: "steps"; readonly key: string; readonly parts: readonly Part[] }
  | { readonly kind: "said"; readonly key: string; readonly part: Part };

/** Thoughts and tools that follow one another belong together. */
function groups(parts: readonly Part[]): readonly Group[] {
  const all: Group[] = [];
  parts.forEach((part, at) => {
    if (part.kind === "text" || part.kind === "image") {
      all.push({ kind: "said", key: `said-${at}`, part });
      return;
    }
    const last = all.at(-1);
    if (last?.kind === "steps") all[all.length - 1] = { ...last, parts: [...last.parts, part] };
    else all.push({ kind: "steps", key: `steps-${at}`, parts: [part] });
  });
  return all;
}

function Step({ part }: { readonly part: Part }) {
  if (part.kind === "tool") return <ToolRow call={part.call} />;
  return part.kind === "thinking" ? <Thought text={part.text} growing={part.growing} /> : null;
}

const Thought = ({ text, growing }: { readonly text: string; readonly growing: boolean }) => (
  <details className={style.step}>
    <summary>
      <Sparkles size={15} strokeWidth={1.8} aria-hidden />
      <span className={growing ? style.shimmer : undefined}>
        {growing ? t.chat.thinking : t.chat.thought}
      </span>
      <ChevronRight className={style.chevron} size={14} aria-hidden />
    </summary>
    <div className={style.thought}>
      <Markdown text={text} growing={growing} />
    </div>
  </details>
);

/** Why it ended, where it did not end by itself, and what can be done then. */
function Ending({ item: { turn, ends, parts }, last, idle, onGoOn, onRetry }: ReplyProps) {
  if (!ends || !turn) return null;
  const said = parts.at(-1);
  if (turn.state === "failed" || turn.finish === "error")
    return (
      <div className={style.ending} data-bad>
        {turn.state !== "failed" && said?.kind === "text" ? (
          <Markdown text={said.text} />
        ) : (
          <p>
            <strong>{t.chat.failed}</strong> {turn.error?.message} {turn.error?.remedy}
          </p>
        )}
        {turn.error?.action && <ActionLink action={turn.error.action} />}
        {last && idle && (
          <Button small icon={RotateCw} onClick={onRetry}>
            {t.chat.retry}
          </Button>
        )}
      </div>
    );
  const words = { stopped: t.chat.stopped, limit: t.chat.limit, length: t.chat.cutShort }[turn.finish ?? ""];
  if (words === undefined) return null;
  return (
    <div className={style.ending}>
      <p>{words}</p>
      {last && idle && (
        <Button small onClick={onGoOn}>
          {t.chat.goOn}
        </Button>
      )}
    </div>
  );
}

function Footer({ item, agent, last, idle, onRetry, onRecalled }: ReplyProps) {
  const [, go] = useLocation();
  const [details, setDetails] = useState(false);
  const { trace, n, parts, turn } = item;
  const text = parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])).join("\n\n");
  const branch = async () => {
    if (n === undefined) return;
    const session = sessionOf();
    if (session === undefined) return;
    const made = await call("session.branch", { agent, session, upto: n });
    go(pathOf(agent, made.session));
    say(t.chat.branched);
  };
  return (
    <footer className={style.footer} data-last={last || undefined}>
      {text !== "" && <CopyButton text={text} label={t.chat.copyReply} />}
      {last && idle && <IconButton small icon={RotateCw} label={t.chat.retry} onClick={onRetry} />}
      {n !== undefined && (
        <IconButton
          small
          icon={GitBranch}
          label={t.chat.branchHere}
          onClick={() => void branch().catch(complain)}
        />
      )}
      {trace !== null && (
        <>
          <IconButton small icon={Brain} label={t.chat.recalled} onClick={() => onRecalled(trace)} />
          <Link
            className={style.trace}
            href={`/journal/${trace}`}
            title={t.chat.trace}
            aria-label={t.chat.trace}
          >
            <ListTree size={15} aria-hidden />
          </Link>
        </>
      )}
      <button
        type="button"
        className={style.cost}
        title={t.chat.turnDetails}
        onClick={() => setDetails(true)}
      >
        <TurnCost item={item} />
        <Moment at={turn?.finished_at ?? item.at} short />
        <Ellipsis size={14} aria-hidden />
      </button>
      {details && <TurnDetails item={item} onClose={() => setDetails(false)} />}
    </footer>
  );
}

/** The conversation that is open, as the address says. */
const sessionOf = (): string | undefined => /^\/chat\/[^/]+\/([^/]+)/.exec(location.pathname)?.[1];
