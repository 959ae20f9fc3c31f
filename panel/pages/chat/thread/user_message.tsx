import { Clock, FileText, Pencil, RotateCw, Trash2 } from "lucide-react";
import { memo, useLayoutEffect, useRef, useState } from "react";
import type { Attachment } from "#contract";
import { Button, bytes, CopyButton, IconButton, Moment } from "../../../design/index.ts";
import { useConnection } from "../../../live/index.ts";
import { t } from "../../../text/index.ts";
import type { UserItem } from "../conversation/index.ts";
import { outbox } from "../outbox/index.ts";
import style from "./thread.module.css";
import type { ThreadProps } from "./thread.tsx";

const FOLDED_CHARS = 2400;

interface UserMessageProps extends Pick<ThreadProps, "onEdit" | "onAgain"> {
  readonly item: UserItem;
  readonly idle: boolean;
  readonly editing: boolean;
}

/** What the user said. */
export const UserMessage = memo(function UserMessage({
  item,
  idle,
  editing,
  onEdit,
  onAgain,
}: UserMessageProps) {
  const { text, attachments, n, from, outgoing } = item;
  const [unfolded, setUnfolded] = useState(false);
  const folds = text.length > FOLDED_CHARS && !unfolded;
  if (editing && n !== undefined)
    return (
      <Editor
        text={text}
        onCancel={() => onEdit(undefined)}
        onSave={(next) => onAgain(n, { text: next, attachments })}
      />
    );
  return (
    <article className={style.user} aria-label={from === undefined ? t.chat.you : t.chat.from(from)}>
      {from !== undefined && <p className={style.from}>{t.chat.from(from)}</p>}
      {attachments.length > 0 && <Attachments list={attachments} />}
      <div className={style.bubble} data-faint={outgoing?.state === "sending" || undefined}>
        <p>{folds ? `${text.slice(0, FOLDED_CHARS)} …` : text}</p>
        {folds && (
          <Button small look="quiet" onClick={() => setUnfolded(true)}>
            {t.common.more}
          </Button>
        )}
      </div>
      {outgoing || n === undefined ? (
        <Sending item={item} />
      ) : (
        <div className={style.actions}>
          <small>
            <Moment at={item.at} short />
          </small>
          <CopyButton text={text} />
          {idle && <IconButton small icon={Pencil} label={t.chat.editMessage} onClick={() => onEdit(n)} />}
        </div>
      )}
    </article>
  );
});

/** How far a message has got that does not stand in the conversation yet. */
function Sending({ item: { outgoing, waits } }: { readonly item: UserItem }) {
  const connection = useConnection();
  if (outgoing?.state === "failed")
    return (
      <div className={style.notSent} role="alert">
        <p>
          <strong>{t.chat.notSent}.</strong> {outgoing.problem?.message} {outgoing.problem?.remedy}
        </p>
        <Button small icon={RotateCw} onClick={() => outbox.retry(outgoing.key)}>
          {t.chat.resend}
        </Button>
        <Button small look="quiet" icon={Trash2} onClick={() => outbox.drop([outgoing.key])}>
          {t.chat.discard}
        </Button>
      </div>
    );
  if (outgoing?.state !== "sending" && !waits) return null;
  const words =
    outgoing?.state === "sending"
      ? connection === "lost"
        ? t.chat.sendingAway
        : t.chat.sending
      : outgoing?.adds && outgoing.trace === undefined
        ? t.chat.added
        : t.chat.queued;
  return (
    <p className={style.sending} role="status">
      <Clock size={12} aria-hidden /> {words}
    </p>
  );
}

function Attachments({ list }: { readonly list: readonly Attachment[] }) {
  return (
    <ul className={style.attachments} aria-label={t.chat.files}>
      {list.map(({ name, type, size, blob }) => (
        <li key={`${blob} ${name}`}>
          {/^image\/(png|jpeg|gif|webp)$/.test(type) ? (
            <a
              href={`/api/blobs/${blob}?name=${encodeURIComponent(name)}`}
              target="_blank"
              rel="noopener noreferrer"
            >
              <img src={`/api/blobs/${blob}`} alt={name} loading="lazy" />
            </a>
          ) : (
            <a
              className={style.file}
              href={`/api/blobs/${blob}?name=${encodeURIComponent(name)}`}
              download={name}
            >
              <FileText size={18} strokeWidth={1.7} aria-hidden />
              <span>
                {name}
                <small>{bytes(size)}</small>
              </span>
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

function Editor({
  text,
  onCancel,
  onSave,
}: {
  readonly text: string;
  onCancel(): void;
  onSave(text: string): void;
}) {
  const [next, setNext] = useState(text);
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: its height follows what stands in it.
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }, [next]);
  const save = () => next.trim() !== "" && onSave(next.trimEnd());
  return (
    <div className={style.editor}>
      <textarea
        ref={field}
        rows={1}
        value={next}
        aria-label={t.chat.editing}
        onChange={(event) => setNext(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.keyCode === 229) return;
          if (event.key === "Escape") onCancel();
          else if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            save();
          }
        }}
      />
      <div>
        <small>{t.chat.editNote}</small>
        <Button small onClick={onCancel}>
          {t.common.cancel}
        </Button>
        <Button small look="primary" disabled={next.trim() === ""} onClick={save}>
          {t.chat.send}
        </Button>
      </div>
    </div>
  );
}
