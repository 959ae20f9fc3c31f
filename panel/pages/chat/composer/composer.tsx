import { ArrowUp, FileText, Paperclip, Square, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Attachment } from "#contract";
import { Button, bytes, IconButton, Key, Notice, Spinner } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { useCommands } from "./commands.ts";
import style from "./composer.module.css";
import { useDraft } from "./draft.ts";
import { type AttachedFile, useFiles } from "./files.ts";

/** As the contract bounds a message; a longer text goes as a file. */
const TEXT_MAX_CHARS = 1_048_576;

export interface ComposerProps {
  /** Drafts are kept by it. */
  readonly place: string;
  readonly name: string;
  /** A turn runs: what is sent is added to it. */
  readonly running: boolean;
  readonly stopping?: boolean;
  readonly disabled?: boolean;
  /** Words to begin with, chosen elsewhere. */
  readonly given?: string | undefined;
  onSend(said: { readonly text: string; readonly attachments: readonly Attachment[] }): void;
  onStop?(): void;
  onEditLast?(): void;
}

/** Where a message is written: text, files, commands. */
export function Composer({
  place,
  name,
  running,
  stopping = false,
  disabled = false,
  given,
  onSend,
  onStop,
  onEditLast,
}: ComposerProps) {
  const [text, setText] = useDraft(place);
  const { files, add, remove, clear, isBusy, attachments } = useFiles();
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const commands = useCommands(text);
  const [chosen, setChosen] = useState(0);
  const dropping = useDrop(add);
  const tooLong = text.length > TEXT_MAX_CHARS;
  const canSend = !disabled && !isBusy && !tooLong && (text.trim() !== "" || attachments.length > 0);

  useEffect(() => {
    if (given !== undefined) {
      setText(given);
      field.current?.focus();
    }
  }, [given, setText]);
  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches) field.current?.focus();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: its height follows what stands in it.
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);

  const send = () => {
    if (!canSend) return;
    onSend({
      text: text.trim() === "" ? attachments.map((one) => one.name).join(", ") : text.trimEnd(),
      attachments,
    });
    setText("");
    clear();
    field.current?.focus();
  };
  const attachText = (words: string) =>
    add([new globalThis.File([words], t.chat.textFile, { type: "text/plain" })]);
  const complete = (command: string) => {
    setText(`${command} `);
    setChosen(0);
    field.current?.focus();
  };
  const key = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While a word is being composed, Enter ends the word (Safari says so by the code alone).
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const command = commands[Math.min(chosen, commands.length - 1)];
    if (command && ["ArrowDown", "ArrowUp", "Tab"].includes(event.key)) {
      event.preventDefault();
      if (event.key === "Tab") return complete(command.name);
      const by = event.key === "ArrowDown" ? 1 : commands.length - 1;
      return setChosen((at) => (Math.min(at, commands.length - 1) + by) % commands.length);
    }
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      if (command && command.name !== text.trim()) return complete(command.name);
      return send();
    }
    if (event.key === "Escape" && running) {
      event.preventDefault();
      return onStop?.();
    }
    if (event.key === "ArrowUp" && text === "" && files.length === 0) {
      event.preventDefault();
      onEditLast?.();
    }
  };

  return (
    <div className={style.space}>
      {commands.length > 0 && (
        <div className={style.commands} role="listbox" id="commands" aria-label={t.chat.commands}>
          {commands.map(({ name: command, usage, summary }, at) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works from the text field, as a combobox wants it.
            <div
              key={command}
              id={`command-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === Math.min(chosen, commands.length - 1)}
              onClick={() => complete(command)}
            >
              <code>{usage}</code>
              <span>{summary}</span>
            </div>
          ))}
        </div>
      )}
      <form
        className={style.composer}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {files.length > 0 && (
          <ul className={style.files} aria-label={t.chat.files}>
            {files.map((file) => (
              <File key={file.id} file={file} onRemove={() => remove(file.id)} />
            ))}
          </ul>
        )}
        {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: it is a combobox while commands are shown. */}
        <textarea
          ref={field}
          rows={1}
          value={text}
          disabled={disabled}
          aria-label={t.chat.message}
          placeholder={
            disabled
              ? t.chat.cannotTalk
              : running
                ? t.chat.placeholderRunning(name)
                : t.chat.placeholder(name)
          }
          role={commands.length > 0 ? "combobox" : undefined}
          aria-expanded={commands.length > 0 ? true : undefined}
          aria-controls={commands.length > 0 ? "commands" : undefined}
          aria-activedescendant={
            commands.length > 0 ? `command-${Math.min(chosen, commands.length - 1)}` : undefined
          }
          enterKeyHint="send"
          onChange={(event) => {
            setText(event.target.value);
            setChosen(0);
          }}
          onKeyDown={key}
          onPaste={(event) => {
            const pasted = [...event.clipboardData.files];
            if (pasted.length === 0) {
              const words = event.clipboardData.getData("text/plain");
              if (words.length <= TEXT_MAX_CHARS) return;
              event.preventDefault();
              return attachText(words);
            }
            event.preventDefault();
            add(pasted);
          }}
        />
        {tooLong && (
          <Notice
            tone="warn"
            title={t.chat.textTooLong}
            actions={
              <Button
                small
                onClick={() => {
                  attachText(text);
                  setText("");
                }}
              >
                {t.chat.attachText}
              </Button>
            }
          >
            {t.chat.textTooLongMore(TEXT_MAX_CHARS)}
          </Notice>
        )}
        <div className={style.row}>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              add([...(event.target.files ?? [])]);
              event.target.value = "";
            }}
          />
          <IconButton
            icon={Paperclip}
            label={t.chat.attach}
            disabled={disabled}
            onClick={() => picker.current?.click()}
          />
          <p className={style.keys} aria-hidden>
            <Key>Enter</Key> {t.chat.keys.send} <Key>Shift Enter</Key> {t.chat.keys.line}
            {running && (
              <>
                {" "}
                <Key>Esc</Key> {t.chat.keys.stop}
              </>
            )}
          </p>
          {running && onStop && (!canSend || stopping) ? (
            <button
              type="button"
              className={style.send}
              data-stop
              disabled={stopping}
              aria-label={stopping ? t.chat.stopping : t.chat.stop}
              title={stopping ? t.chat.stopping : t.chat.stop}
              onClick={onStop}
            >
              {stopping ? <Spinner /> : <Square size={14} fill="currentColor" aria-hidden />}
            </button>
          ) : (
            <button
              type="submit"
              className={style.send}
              disabled={!canSend}
              aria-label={t.chat.send}
              title={t.chat.send}
            >
              <ArrowUp size={19} strokeWidth={2.2} aria-hidden />
            </button>
          )}
        </div>
      </form>
      {dropping && (
        <div className={style.drop} aria-hidden>
          <p>{t.chat.dropHere}</p>
        </div>
      )}
    </div>
  );
}

function File({ file, onRemove }: { readonly file: AttachedFile; onRemove(): void }) {
  const { name, size, preview, progress, attachment, problem } = file;
  return (
    <li className={style.file} data-problem={problem !== undefined || undefined}>
      {preview ? <img src={preview} alt="" /> : <FileText size={18} strokeWidth={1.7} aria-hidden />}
      <div>
        <span>{name}</span>
        <small>{problem ?? bytes(size)}</small>
        {!attachment && !problem && <progress aria-label={t.chat.uploading(name)} max={1} value={progress} />}
      </div>
      <IconButton small icon={X} label={t.chat.removeFile(name)} onClick={onRemove} />
    </li>
  );
}

/** Files that are dragged over the page and dropped anywhere on it. */
function useDrop(add: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent) => {
      if (hasFiles(event) && ++depth === 1) setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (hasFiles(event) && --depth <= 0) {
        depth = 0;
        setOver(false);
      }
    };
    const hover = (event: DragEvent) => hasFiles(event) && event.preventDefault();
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      add([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener("dragenter", enter);
    addEventListener("dragleave", leave);
    addEventListener("dragover", hover);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragenter", enter);
      removeEventListener("dragleave", leave);
      removeEventListener("dragover", hover);
      removeEventListener("drop", drop);
    };
  }, [add]);
  return over;
}
