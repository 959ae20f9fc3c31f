import { useMemo } from "react";
import { useCapability } from "../client/index.ts";
import { t } from "../text/index.ts";

/** The name that a person knows a module by; an id that nothing is known of stays as it is. */
export type NameOf = (id: string) => string;

/** The names of all modules, as the server tells them; until it has, they are shown by their ids. */
export function useNames(): NameOf {
  const { data } = useCapability("agent.list", {});
  return useMemo(() => {
    const names = new Map(data?.agents.map(({ id, display_name }) => [id, display_name]));
    return (id) => t.common.actors[id] ?? names.get(id) ?? id;
  }, [data]);
}
