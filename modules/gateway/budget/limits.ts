import type { Host } from "#contract";
import type { AgentLimits } from "../settings.ts";
import type { Limits } from "./ledger.ts";

/** The limits in force for an agent: its own, and where it has none, those of all. */
export function limitsOf(agent: string, host: Pick<Host, "setting">): Limits {
  const own = (host.setting("budget.agents") as AgentLimits)[agent];
  return {
    day_usd: own?.day_usd !== undefined ? own.day_usd : (host.setting("budget.day_usd") as number | null),
    day_tokens:
      own?.day_tokens !== undefined ? own.day_tokens : (host.setting("budget.day_tokens") as number | null),
  };
}
