import { ShieldCheck, Wrench } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { Button, Notice } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { Approve } from "../install/approve.tsx";
import type { Agent } from "../module.ts";

const SHOWN = 4;

/** Those that need their owner: they wait for approval, or are broken. */
export function Waiting({ agents }: { readonly agents: readonly Agent[] }) {
  const [, go] = useLocation();
  const [deciding, setDeciding] = useState<Agent>();
  const waiting = agents.filter(({ state }) => state === "new");
  const broken = agents.filter(({ state }) => state === "broken");
  return (
    <>
      {waiting.slice(0, SHOWN).map((agent) => (
        <Notice
          key={agent.id}
          tone="warn"
          title={t.agents.waiting(agent.display_name)}
          actions={
            <Button small icon={ShieldCheck} onClick={() => setDeciding(agent)}>
              {t.agents.look}
            </Button>
          }
        >
          {t.agents.waitingMore(agent.asks.length)}
        </Notice>
      ))}
      {broken.slice(0, SHOWN).map((agent) => (
        <Notice
          key={agent.id}
          tone="bad"
          title={t.agents.broken(agent.display_name)}
          actions={
            <Button small icon={Wrench} onClick={() => go(`/agents/${agent.id}/files`)}>
              {t.agents.mend}
            </Button>
          }
        >
          {problemOf(agent)}
        </Notice>
      ))}
      {deciding && <Approve agent={deciding} onClose={() => setDeciding(undefined)} />}
    </>
  );
}

function problemOf({ diagnostics: [first], problems }: Agent): string | undefined {
  if (!first) return problems[0];
  return first.file ? t.module.problemAt(first.message, first.file, first.line) : first.message;
}
