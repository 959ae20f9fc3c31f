import { useEffect, useRef, useState } from "react";
import type { CapabilityInput, CapabilityOutput } from "#contract";
import { call, queries, useCapability } from "../../../client/index.ts";
import { complain } from "../../../design/index.ts";

export type AgentConfig = CapabilityOutput<"agent.config">;
type Change = NonNullable<CapabilityInput<"agent.config">["set"]>;
export type Saving = "busy" | "done";

const SHOWN_MS = 2500;

/** What is decided about an agent, and a way to decide otherwise that is in force at once. */
export function useConfig(id: string) {
  const { data: config, error, refetch } = useCapability("agent.config", { id });
  const { saving, during } = useSaving();
  /** Gives whether it was done; what went wrong is told. */
  const change = (set: Change): Promise<boolean> =>
    during(async () => {
      const now = await call("agent.config", { id, set });
      queries.setQueryData(["agent.config", { id }], now);
    });
  return { config, error, refetch, saving, change };
}

/** That something is being done, and for a moment that it is done. */
export function useSaving() {
  const [saving, setSaving] = useState<Saving>();
  const last = useRef(0);
  useEffect(() => {
    if (saving !== "done") return;
    const away = setTimeout(() => setSaving(undefined), SHOWN_MS);
    return () => clearTimeout(away);
  }, [saving]);
  const during = async (work: () => Promise<unknown>): Promise<boolean> => {
    const turn = ++last.current;
    setSaving("busy");
    try {
      await work();
      if (turn === last.current) setSaving("done");
      return true;
    } catch (thrown) {
      if (turn === last.current) setSaving(undefined);
      complain(thrown);
      return false;
    }
  };
  return { saving, during };
}
