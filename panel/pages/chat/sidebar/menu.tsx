import { Archive, ArchiveRestore, GitBranch, Pencil, Pin, PinOff, Trash2 } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { useLocation } from "wouter";
import type { SessionInfo } from "#contract";
import { useAct } from "../../../client/index.ts";
import {
  Button,
  Confirm,
  complain,
  Dialog,
  Menu,
  ProblemNotice,
  say,
  TextField,
} from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { pathOf } from "../identity.ts";

/** What can be done with a conversation. */
export function ConversationMenu({
  info,
  current,
}: {
  readonly info: SessionInfo;
  readonly current: boolean;
}) {
  const [, go] = useLocation();
  const [asks, setAsks] = useState<"rename" | "remove">();
  const { run: change } = useAct("session.change");
  const { run: branch } = useAct("session.branch");
  const { run: remove } = useAct("session.delete");
  const { agent, session, pinned, archived } = info;
  const title = info.title || t.chat.untitled;

  const archive = async () => {
    await change({ agent, session, archived: !archived });
    if (archived) return;
    if (current) go(pathOf(agent));
    say(t.chat.archivedNow, {
      label: t.common.undo,
      run: () => void change({ agent, session, archived: false }).catch(complain),
    });
  };
  const branchNow = async () => {
    const made = await branch({ agent, session, upto: Number.MAX_SAFE_INTEGER });
    go(pathOf(agent, made.session));
    say(t.chat.branched);
  };
  return (
    <>
      <Menu
        small
        label={t.chat.actionsOf(title)}
        items={[
          { label: t.chat.rename, icon: Pencil, onSelect: () => setAsks("rename") },
          {
            label: pinned ? t.chat.unpin : t.chat.pin,
            icon: pinned ? PinOff : Pin,
            onSelect: () => void change({ agent, session, pinned: !pinned }).catch(complain),
          },
          { label: t.chat.branch, icon: GitBranch, onSelect: () => void branchNow().catch(complain) },
          {
            label: archived ? t.chat.unarchive : t.chat.archive,
            icon: archived ? ArchiveRestore : Archive,
            onSelect: () => void archive().catch(complain),
          },
          { label: t.chat.remove, icon: Trash2, danger: true, onSelect: () => setAsks("remove") },
        ]}
      />
      {asks === "rename" && <Rename info={info} onClose={() => setAsks(undefined)} />}
      {asks === "remove" && (
        <Confirm
          title={t.chat.removeTitle}
          words={t.chat.removeWords(title)}
          action={t.chat.remove}
          onConfirm={async () => {
            await remove({ agent, session });
            if (current) go(pathOf(agent), { replace: true });
            say(t.chat.removed);
          }}
          onClose={() => setAsks(undefined)}
        />
      )}
    </>
  );
}

function Rename({ info, onClose }: { readonly info: SessionInfo; onClose(): void }) {
  const [title, setTitle] = useState(info.title);
  const { run, busy, problem } = useAct("session.change", onClose);
  const form = useId();
  const save = (event: FormEvent) => {
    event.preventDefault();
    run({ agent: info.agent, session: info.session, title: title.trim() }).catch(() => undefined);
  };
  return (
    <Dialog
      title={t.chat.renameTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button look="primary" type="submit" form={form} busy={busy} disabled={title.trim() === ""}>
            {t.common.save}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={save}>
        <TextField
          label={t.chat.title}
          value={title}
          required
          maxLength={256}
          onChange={(event) => setTitle(event.target.value)}
          onFocus={(event) => event.target.select()}
        />
      </form>
      {problem && <ProblemNotice problem={problem} />}
    </Dialog>
  );
}
