import { RotateCcw, SendHorizontal, Square, X } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { call, problemOf } from "../client/index.ts";
import { IconButton, Spinner } from "../design/index.ts";
import { useEvents } from "../live/index.ts";
import { t } from "../text/index.ts";
import type { Agent } from "./file_editor.tsx";
import style from "./try_it.module.css";

interface Said {
  readonly who: "me" | "agent" | "problem";
  readonly text: string;
  readonly more?: string;
}

const SAID_MAX = 200;
const freshSession = () => `try-${crypto.randomUUID().slice(0, 8)}`;

/** Sends messages to the agent beside its source, in a conversation of their own. */
export function TryIt({ agent, onClose }: { readonly agent: Agent; onClose(): void }) {
  const words = t.editor;
  const [session, setSession] = useState(freshSession);
  const [said, setSaid] = useState<readonly Said[]>([]);
  const [text, setText] = useState("");
  const [arriving, setArriving] = useState<string>();
  const end = useRef<HTMLDivElement>(null);
  const busy = arriving !== undefined;
  const add = (one: Said) => setSaid((now) => [...now, one].slice(-SAID_MAX));

  useEvents((event) => {
    if (!busy || event.kind !== "llm.delta" || !("session" in event)) return;
    if (event.agent !== agent.id || event.session !== session) return;
    const { type, text: piece } = event.data;
    if (type === "text" && typeof piece === "string") setArriving((now) => (now ?? "") + piece);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows what is said.
  useEffect(() => void end.current?.scrollIntoView({ block: "nearest" }), [said, arriving]);

  const send = async () => {
    const words = text.trim();
    if (words === "" || busy) return;
    setText("");
    setArriving("");
    add({ who: "me", text: words });
    try {
      const { mail } = await call("message.send", { to: agent.id, text: words, session, wait: true });
      if (mail?.state === "failed") add({ who: "problem", ...failureIn(mail.error) });
      else add({ who: "agent", text: replyIn(mail?.reply) });
    } catch (thrown) {
      const { message, remedy } = problemOf(thrown);
      add({ who: "problem", text: message, more: remedy });
    } finally {
      setArriving(undefined);
    }
  };
  const stop = () => void call("message.cancel", { to: agent.id, session }).catch(() => undefined);
  const again = () => {
    setSaid([]);
    setSession(freshSession());
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };

  return (
    <aside className={style.try} aria-label={words.try}>
      <header>
        <h2>{words.try}</h2>
        <IconButton
          small
          icon={RotateCcw}
          label={words.again}
          disabled={busy || said.length === 0}
          onClick={again}
        />
        <IconButton small icon={X} label={t.common.close} onClick={onClose} />
      </header>
      <div className={style.said} role="log" aria-live="polite" aria-label={words.said}>
        {said.length === 0 && <p className={style.hint}>{words.tryHint(agent.display_name)}</p>}
        {said.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was said never moves.
          <div key={at} data-who={one.who}>
            {one.text}
            {one.more && <small>{one.more}</small>}
          </div>
        ))}
        {busy && (
          <div data-who="agent">
            {arriving} <Spinner />
          </div>
        )}
        <div ref={end} />
      </div>
      <form onSubmit={submit}>
        <textarea
          rows={2}
          aria-label={words.message}
          placeholder={words.message}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={key}
        />
        {busy ? (
          <IconButton icon={Square} label={t.common.stop} onClick={stop} />
        ) : (
          <IconButton
            icon={SendHorizontal}
            label={words.send}
            look="primary"
            type="submit"
            disabled={text.trim() === ""}
          />
        )}
      </form>
    </aside>
  );
}

function replyIn(reply: unknown): string {
  if (typeof reply === "string") return reply;
  const { reply: text } = (reply ?? {}) as { readonly reply?: unknown };
  return typeof text === "string" ? text : JSON.stringify(reply, null, 2);
}

function failureIn(error: unknown): { readonly text: string; readonly more?: string } {
  const { message, remedy } = (error ?? {}) as { readonly message?: unknown; readonly remedy?: unknown };
  return {
    text: typeof message === "string" ? message : JSON.stringify(error),
    ...(typeof remedy === "string" ? { more: remedy } : {}),
  };
}
