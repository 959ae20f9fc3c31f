import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { t } from "../text/index.ts";
import { IconButton } from "./button.tsx";
import style from "./dialog.module.css";

/**
 * A question or a form over the page; the browser keeps the focus inside and Escape closes it. Show it by rendering it, and stop
 * rendering it on `onClose`. It stands at the end of the document: what surrounds the place that opens it does not style it, and
 * hiding that place does not hide it.
 */
export function Dialog({
  title,
  children,
  actions,
  onClose,
  wide,
  side,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  onClose(): void;
  readonly wide?: boolean;
  /** Along the right edge, to look beside the page: details, a receipt. */
  readonly side?: boolean;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) {
      element.showModal();
      // The browser would begin at the button that closes it; who opens a form wants to write.
      element.querySelector<HTMLElement>("form :is(input, textarea, select)")?.focus();
    }
    return () => element?.close();
  }, []);
  return createPortal(
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it; the click on the shade is for the mouse alone.
    <dialog
      ref={dialog}
      className={`${style.dialog} ${wide ? style.wide : ""} ${side ? style.side : ""}`}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        // React lets it rise from a dialog that was opened over this one.
        if (event.target === dialog.current) onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className={style.frame}>
        <header>
          <h2>{title}</h2>
          <IconButton icon={X} label={t.common.close} small onClick={onClose} />
        </header>
        <div className={style.body}>{children}</div>
        {actions && <footer>{actions}</footer>}
      </div>
    </dialog>,
    document.body,
  );
}
