import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import type { Action } from "#contract";
import { problemOf } from "../client/index.ts";
import { t } from "../text/index.ts";
import { ActionLink } from "./action_link.tsx";
import { Button, IconButton } from "./button.tsx";
import style from "./toast.module.css";

interface Toast {
  readonly id: number;
  readonly tone: "good" | "bad";
  readonly words: string;
  readonly more?: string | undefined;
  /** What mends it. */
  readonly mends?: Action | undefined;
  readonly action?: { readonly label: string; run(): void } | undefined;
}

const SHOWN_MS = 6000;
const TOASTS_MAX = 4;

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next.slice(-TOASTS_MAX);
  for (const listener of listeners) listener();
}

const dismiss = (id: number) => change(toasts.filter((one) => one.id !== id));

function show(toast: Omit<Toast, "id">): void {
  const id = ++last;
  change([...toasts, { ...toast, id }]);
  if (toast.tone === "good") setTimeout(() => dismiss(id), SHOWN_MS);
}

/** Says that something was done; goes away by itself. `action`, such as undo, stays as long. */
export const say = (words: string, action?: Toast["action"]): void => show({ tone: "good", words, action });

/** Says what went wrong; stays until it is closed. */
export function complain(problem: unknown): void {
  const { message, remedy, action } = problemOf(problem);
  show({ tone: "bad", words: message, more: remedy, mends: action });
}

/** Where toasts are shown; once, in the shell. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div className={style.toasts} role="log" aria-live="polite" aria-label={t.common.messages}>
      {shown.map(({ id, tone, words, more, mends, action }) => (
        <div key={id} className={`${style.toast} ${tone === "bad" ? style.bad : ""}`}>
          <div>
            <p>{words}</p>
            {more && <p className={style.more}>{more}</p>}
            {mends && <ActionLink action={mends} onFollow={() => dismiss(id)} />}
          </div>
          {action && (
            <Button
              small
              look="quiet"
              onClick={() => {
                action.run();
                dismiss(id);
              }}
            >
              {action.label}
            </Button>
          )}
          <IconButton icon={X} small label={t.common.close} onClick={() => dismiss(id)} />
        </div>
      ))}
    </div>
  );
}
