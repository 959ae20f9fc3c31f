import { RotateCw } from "lucide-react";
import { problemOf } from "../client/index.ts";
import { t } from "../text/index.ts";
import { Button } from "./button.tsx";
import { Notice } from "./surface.tsx";

/** What went wrong and how to mend it, as the server or the browser said it. */
export function ProblemNotice({ problem, retry }: { readonly problem: unknown; retry?(): void }) {
  const { message, remedy } = problemOf(problem);
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
      {remedy}
    </Notice>
  );
}
