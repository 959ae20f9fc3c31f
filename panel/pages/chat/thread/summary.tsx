import { ChevronRight } from "lucide-react";
import { Markdown } from "../../../markdown/index.ts";
import { t } from "../../../text/index.ts";
import style from "./thread.module.css";

/** Where the model no longer sees what was said before, but a summary of it. */
export const Summary = ({ text }: { readonly text: string }) => (
  <details className={style.summary}>
    <summary>
      <span>
        {t.chat.summary} <ChevronRight size={14} aria-hidden />
      </span>
    </summary>
    <Markdown text={text} />
  </details>
);
