import { locale, t } from "../../../text/index.ts";
import style from "./thread.module.css";

const DAY_MS = 86_400_000;

/** On which day what follows was said. */
export function Day({ at }: { readonly at: string }) {
  const date = new Date(at);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / DAY_MS);
  const words =
    days === 0
      ? t.chat.today
      : days === 1
        ? t.chat.yesterday
        : date.toLocaleDateString(locale, {
            weekday: "long",
            day: "numeric",
            month: "long",
            year: "numeric",
          });
  return (
    <p className={style.day}>
      <time dateTime={date.toISOString().slice(0, 10)}>{words}</time>
    </p>
  );
}
