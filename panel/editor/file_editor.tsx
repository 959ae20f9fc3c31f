import { Save } from "lucide-react";
import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import type { CapabilityOutput } from "#contract";
import { Button, Notice, ProblemNotice, Skeleton } from "../design/index.ts";
import { useEvents, useGaps } from "../live/index.ts";
import { t } from "../text/index.ts";
import { CodeView } from "./code_view.tsx";
import { Compare } from "./compare.tsx";
import style from "./editor.module.css";
import type { FileSession, FileSnapshot } from "./file_session.ts";
import { sessionOf } from "./open_files.ts";

export type Agent = CapabilityOutput<"agent.show">;

/** One file of a module: edited, saved, loaded anew, with what came of it. */
export default function FileEditor({
  agent,
  path,
  tall,
  actions,
}: {
  readonly agent: Agent;
  readonly path: string;
  /** What else can be done, behind the button that saves. */
  readonly actions?: ReactNode;
  /** As high as the window allows. */
  readonly tall?: boolean;
}) {
  const words = t.editor;
  const session = sessionOf(agent.id, path);
  const now = useSyncExternalStore(session.subscribe, session.snapshot);
  const [comparing, setComparing] = useState(false);
  useEffect(() => void session.read(), [session]);
  useEffect(() => session.mark(agent.diagnostics), [session, agent.diagnostics]);
  useEvents((event) => {
    if (event.kind.startsWith("module.") && "subject" in event && event.subject === agent.id)
      void session.read();
  });
  useGaps(() => void session.read());

  if (now.phase === "failed")
    return <ProblemNotice problem={now.problem} retry={() => void session.read()} />;
  return (
    <div className={`${style.editor} ${tall ? style.tall : ""}`}>
      <div className={style.bar}>
        <span className={style.path}>
          {path}
          {now.dirty && <i role="img" aria-label={words.unsaved} title={words.unsaved} />}
        </span>
        <Status now={now} />
        <Button
          small
          icon={Save}
          busy={now.saving}
          disabled={!now.dirty || now.theirs !== undefined}
          onClick={() => void session.save()}
          aria-keyshortcuts="Control+S"
        >
          {t.common.save}
        </Button>
        {actions}
      </div>
      {now.theirs && (
        <Conflict
          path={path}
          gone={now.theirs.sha256 === null}
          session={session}
          onSee={() => setComparing(true)}
        />
      )}
      {now.problem !== undefined && <ProblemNotice problem={now.problem} />}
      {now.phase === "loading" && (
        <div className={style.loading}>
          <Skeleton lines={6} />
        </div>
      )}
      <CodeView session={session} />
      {comparing && now.theirs && (
        <Compare
          path={path}
          mine={session.text()}
          theirs={now.theirs.content}
          onClose={() => setComparing(false)}
        />
      )}
    </div>
  );
}

function Status({ now }: { readonly now: FileSnapshot }) {
  const words = t.editor;
  const { saving, dirty, written, exists, phase } = now;
  const broken = written?.state === "broken";
  const text = saving
    ? words.saving
    : dirty
      ? words.unsaved
      : written
        ? broken
          ? words.savedBroken
          : words.savedLoaded
        : phase === "ready" && !exists
          ? words.notThere
          : "";
  return (
    <span
      className={style.status}
      role="status"
      data-tone={!dirty && written ? (broken ? "bad" : "good") : undefined}
    >
      {text}
    </span>
  );
}

function Conflict({
  path,
  gone,
  session,
  onSee,
}: {
  readonly path: string;
  readonly gone: boolean;
  readonly session: FileSession;
  onSee(): void;
}) {
  const words = t.editor;
  return (
    <Notice
      tone="warn"
      title={gone ? words.gone(path) : words.changed(path)}
      actions={
        <>
          {!gone && (
            <Button small onClick={onSee}>
              {words.see}
            </Button>
          )}
          <Button small onClick={() => session.takeTheirs()}>
            {words.takeTheirs}
          </Button>
          <Button small onClick={() => void session.keepMine()}>
            {words.keepMine}
          </Button>
        </>
      }
    >
      {words.changedMore}
    </Notice>
  );
}
