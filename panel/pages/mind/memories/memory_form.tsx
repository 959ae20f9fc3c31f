import { type FormEvent, useId, useState } from "react";
import type { Hit } from "#contract";
import { useAct } from "../../../client/index.ts";
import { Button, Dialog, ProblemNotice, say, TextArea, TextField } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./memories.module.css";

const words = t.mind.form;

interface Draft {
  readonly content: string;
  readonly wing: string;
  readonly room: string;
  readonly kind: string;
  readonly importance: number;
}
const EMPTY: Draft = { content: "", wing: "", room: "", kind: "", importance: 0.5 };

/** Tells an agent something to remember. */
export function AddMemory({ agent, onClose }: { readonly agent: string; onClose(): void }) {
  const act = useAct("memory.add", ({ added }) => say(added > 0 ? words.added : words.known));
  return (
    <MemoryForm
      title={words.addTitle}
      hint={words.contentHint}
      action={t.common.add}
      initial={EMPTY}
      busy={act.busy}
      problem={act.problem}
      onClose={onClose}
      onSave={async ({ content, wing, room, kind, importance }) => {
        await act.run({
          agent,
          memories: [
            {
              content,
              importance,
              ...(wing ? { wing } : {}),
              ...(room ? { room } : {}),
              ...(kind ? { kind } : {}),
            },
          ],
        });
      }}
    />
  );
}

/** Corrects one; the earlier wording is kept. */
export function EditMemory({
  agent,
  memory,
  onEdited,
  onClose,
}: {
  readonly agent: string;
  readonly memory: Hit;
  /** The memory that holds now. */
  onEdited(id: string): void;
  onClose(): void;
}) {
  const act = useAct("memory.edit", ({ id }) => {
    say(words.edited);
    onEdited(id);
  });
  const initial: Draft = {
    content: memory.content,
    wing: memory.wing ?? "",
    room: memory.room ?? "",
    kind: memory.kind,
    importance: memory.importance ?? EMPTY.importance,
  };
  return (
    <MemoryForm
      title={words.editTitle}
      hint={words.editHint}
      action={t.common.save}
      initial={initial}
      busy={act.busy}
      problem={act.problem}
      onClose={onClose}
      onSave={async ({ content, wing, room, kind, importance }) => {
        await act.run({
          agent,
          id: memory.id,
          ...(content === initial.content ? {} : { content }),
          ...(wing === initial.wing ? {} : { wing: wing || null }),
          ...(room === initial.room ? {} : { room: room || null }),
          ...(kind === initial.kind || !kind ? {} : { kind }),
          ...(importance === initial.importance ? {} : { importance }),
        });
      }}
    />
  );
}

function MemoryForm({
  title,
  hint,
  action,
  initial,
  busy,
  problem,
  onSave,
  onClose,
}: {
  readonly title: string;
  readonly hint: string;
  readonly action: string;
  readonly initial: Draft;
  readonly busy: boolean;
  readonly problem: unknown;
  onSave(draft: Draft): Promise<void>;
  onClose(): void;
}) {
  const [draft, setDraft] = useState(initial);
  const id = useId();
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await onSave({
        ...draft,
        content: draft.content.trim(),
        wing: draft.wing.trim(),
        room: draft.room.trim(),
        kind: draft.kind.trim(),
      });
      onClose();
    } catch {
      // What went wrong stands in the form.
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button
            look="primary"
            type="submit"
            form={id}
            busy={busy}
            disabled={draft.content.trim() === "" || draft === initial}
          >
            {action}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={save} style={{ display: "contents" }}>
        <TextArea
          label={words.content}
          hint={hint}
          rows={5}
          required
          maxLength={65_536}
          value={draft.content}
          onChange={({ target }) => set({ content: target.value })}
        />
        <div className={style.pair}>
          <TextField
            label={words.wing}
            hint={words.wingHint}
            maxLength={128}
            value={draft.wing}
            onChange={({ target }) => set({ wing: target.value })}
          />
          <TextField
            label={words.room}
            hint={words.roomHint}
            maxLength={128}
            value={draft.room}
            onChange={({ target }) => set({ room: target.value })}
          />
        </div>
        <div className={style.pair}>
          <TextField
            label={words.kind}
            hint={words.kindHint}
            maxLength={128}
            value={draft.kind}
            onChange={({ target }) => set({ kind: target.value })}
          />
          <label className={style.range}>
            <span>
              {words.importance}
              <output>{t.mind.percent(draft.importance)}</output>
            </span>
            <input
              type="range"
              min={0}
              max={1}
              step={0.05}
              value={draft.importance}
              onChange={({ target }) => set({ importance: Number(target.value) })}
            />
          </label>
        </div>
        {problem !== undefined && <ProblemNotice problem={problem} />}
      </form>
    </Dialog>
  );
}
