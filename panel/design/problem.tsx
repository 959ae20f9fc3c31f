import { RotateCw } from "lucide-react";
import { partsOf, problemOf } from "../client/index.ts";
import { t } from "../text/index.ts";
import { ActionLink } from "./action_link.tsx";
import { Button } from "./button.tsx";
import style from "./problem.module.css";
import { Notice } from "./surface.tsx";

/** What went wrong and how to mend it, as the server or the browser said it. */
export function ProblemNotice({ problem, retry }: { readonly problem: unknown; retry?(): void }) {
  const found = problemOf(problem);
  const { message, remedy, action } = found;
  const parts = partsOf(found);
  return (
    <Notice
      tone="bad"
      title={message}
      actions={
        retry && (
          <Button small icon={RotateCw} onClick={retry}>
            {t.common.retry}
          </Button>
        )
      }
    >
      {parts.length > 1 && (
        <ul className={style.parts}>
          {parts.map((part) => (
            <li key={part}>{part}</li>
          ))}
        </ul>
      )}
      {remedy} {action && <ActionLink action={action} />}
    </Notice>
  );
}
