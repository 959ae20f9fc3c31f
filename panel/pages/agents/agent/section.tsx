import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Spinner } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import type { Saving } from "./config.ts";
import style from "./section.module.css";

/** One thing that is decided about an agent: what it is on the left, the decision on the right. */
export function Section({
  title,
  hint,
  saving,
  action,
  children,
}: {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly saving?: Saving | undefined;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={style.section} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {hint && <p>{hint}</p>}
        {action}
        <p className={style.saving} role="status">
          {saving === "busy" && <Spinner />}
          {saving === "done" && (
            <>
              <Check size={14} aria-hidden />
              {t.agents.inForce}
            </>
          )}
        </p>
      </header>
      <div>{children}</div>
    </section>
  );
}
