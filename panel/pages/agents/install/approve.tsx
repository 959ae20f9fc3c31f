import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useAct } from "../../../client/index.ts";
import { Button, Dialog, ProblemNotice, say } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import type { Agent } from "../module.ts";
import { AskList } from "./ask_list.tsx";
import { distinct, proposed } from "./asks.ts";
import { Introduction } from "./introduction.tsx";

const NONE: ReadonlySet<string> = new Set();

/** Lets a module run that was noticed in the home, with the grants decided on. */
export function Approve({ agent, onClose }: { readonly agent: Agent; onClose(): void }) {
  const asks = distinct(agent.asks);
  const [chosen, setChosen] = useState(() => proposed(asks));
  const { run, busy, problem } = useAct("agent.approve", ({ display_name }) => {
    say(t.agents.approved(display_name));
    onClose();
  });
  return (
    <Dialog
      title={t.agents.approve.title(agent.display_name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.agents.approve.later}</Button>
          <Button
            look="primary"
            icon={ShieldCheck}
            busy={busy}
            onClick={() => void run({ id: agent.id, grants: [...chosen] }).catch(() => undefined)}
          >
            {t.agents.approve.accept}
          </Button>
        </>
      }
    >
      <Introduction {...agent} />
      <AskList asks={asks} fresh={NONE} chosen={chosen} onChange={setChosen} />
      {problem && <ProblemNotice problem={problem} />}
    </Dialog>
  );
}
