import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { Conversation } from "./state.ts";
import { createConversation } from "./store.ts";

/** Follows a conversation: what its log has, and what is being said. */
export function useConversation(agent: string, session: string, awaited: boolean) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: it matters at the beginning alone.
  const store = useMemo(() => createConversation(agent, session, awaited), [agent, session]);
  const conversation = useSyncExternalStore<Conversation>(store.subscribe, store.get);
  const problem = useSyncExternalStore<unknown>(store.subscribe, store.problem);
  const older = useCallback(() => void store.older(), [store]);
  const reach = useCallback((n: number) => void store.reach(n), [store]);
  return { conversation, problem, older, reach, reload: store.reload };
}
