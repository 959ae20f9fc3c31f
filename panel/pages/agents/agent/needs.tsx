import { Power, ShieldCheck, Wrench } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { refresh, useAct } from "../../../client/index.ts";
import { Button, Code, Notice } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { Approve } from "../install/approve.tsx";
import type { Agent } from "../module.ts";
import style from "./needs.module.css";

const SHOWN = 5;

/** What has to be done before it runs: approve it, mend it, enable it. */
export function Needs({ agent, files }: { readonly agent: Agent; readonly files: boolean }) {
  const words = t.agents;
  const [, go] = useLocation();
  const [deciding, setDeciding] = useState(false);
  const enable = useAct("agent.enable", () => void refresh("agent."));
  const { id, display_name, state, asks, diagnostics, problems } = agent;

  if (state === "new")
    return (
      <>
        <Notice
          tone="warn"
          title={words.waiting(display_name)}
          actions={
            <Button small icon={ShieldCheck} onClick={() => setDeciding(true)}>
              {words.look}
            </Button>
          }
        >
          {words.waitingMore(asks.length)}
        </Notice>
        {deciding && <Approve agent={agent} onClose={() => setDeciding(false)} />}
      </>
    );
  if (state === "disabled")
    return (
      <Notice
        title={words.disabled(display_name)}
        actions={
          <Button
            small
            icon={Power}
            busy={enable.busy}
            onClick={() => void enable.run({ id }).catch(() => undefined)}
          >
            {words.actions.enable}
          </Button>
        }
      >
        {words.disabledMore}
      </Notice>
    );
  // In the editor each problem stands at its line.
  if (state !== "broken" || files) return null;
  const shown =
    diagnostics.length > 0
      ? diagnostics
      : problems.map((message) => ({ message, file: null, line: null, excerpt: null, remedy: null }));
  return (
    <div className={style.problems}>
      {shown.slice(0, SHOWN).map((one) => (
        <Notice
          key={`${one.file} ${one.line} ${one.message}`}
          tone="bad"
          title={one.message}
          actions={
            one.file && (
              <Button
                small
                icon={Wrench}
                onClick={() => go(`/agents/${id}/files?file=${encodeURIComponent(one.file as string)}`)}
              >
                {words.at(one.file, one.line)}
              </Button>
            )
          }
        >
          {one.excerpt && <Code value={one.excerpt} />}
          {one.remedy}
        </Notice>
      ))}
    </div>
  );
}
