import { ReceiptText } from "lucide-react";
import { useState } from "react";
import { t } from "../text/index.ts";
import { EventDialog } from "./dialog.ts";
import style from "./receipt.module.css";

/** The number of an event; pressed, it opens beside the page. */
export function Receipt({ seq }: { readonly seq: number }) {
  const [shown, setShown] = useState<number>();
  return (
    <>
      <button
        type="button"
        className={style.receipt}
        title={t.receipt.name(seq)}
        aria-label={t.receipt.name(seq)}
        aria-haspopup="dialog"
        onClick={(event) => {
          event.stopPropagation();
          setShown(seq);
        }}
      >
        <ReceiptText size={13} aria-hidden />
        {seq}
      </button>
      {shown !== undefined && (
        <EventDialog seq={shown} onShow={setShown} onClose={() => setShown(undefined)} />
      )}
    </>
  );
}
