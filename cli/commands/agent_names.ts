import type { ModuleInfo } from "#contract";
import type { Place } from "../command/index.ts";

/** An agent for a person's eyes: its name, with the id that commands take where the name does not tell it. */
export type NameOf = (id: string) => string;

/** The names of all agents; where they cannot be told just now, ids are shown. Nothing is asked for JSON, which has ids alone. */
export async function agentNames(place: Place): Promise<NameOf> {
  if (place.json) return (id) => id;
  const { agents } = await place
    .call<{ agents: Pick<ModuleInfo, "id" | "display_name">[] }>("agent.list", {})
    .catch(() => ({ agents: [] }));
  const names = new Map(agents.map(({ id, display_name }) => [id, display_name]));
  return (id) => {
    const name = names.get(id) ?? id;
    return name.toLowerCase() === id ? id : `${name} (${id})`;
  };
}
