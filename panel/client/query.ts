import { QueryClient, useMutation, useQuery } from "@tanstack/react-query";
import type { CapabilityInput, CapabilityName, CapabilityOutput } from "#contract";
import { call } from "./call.ts";
import { problemOf } from "./problem.ts";

const TRIES = 2;

/** What was read is kept until an event of the journal says that it changed; see `live/refresh.ts`. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (tries, thrown) => problemOf(thrown).code === "offline" && tries < TRIES,
    },
  },
});

/** The result of a capability, kept fresh by events. `args: undefined`: not yet. */
export function useCapability<N extends CapabilityName>(cap: N, args: CapabilityInput<N> | undefined) {
  return useQuery({
    queryKey: [cap, args],
    queryFn: ({ signal }): Promise<CapabilityOutput<N>> => call(cap, args as CapabilityInput<N>, signal),
    enabled: args !== undefined,
  });
}

/** An act of the owner: `run(args)`, whether it is under way, and what went wrong. */
export function useAct<N extends CapabilityName>(cap: N, after?: (result: CapabilityOutput<N>) => void) {
  const { mutateAsync, isPending, error, reset } = useMutation<
    CapabilityOutput<N>,
    Error,
    CapabilityInput<N>
  >({
    mutationFn: (args: CapabilityInput<N>) => call(cap, args),
    ...(after ? { onSuccess: (result: CapabilityOutput<N>) => after(result) } : {}),
  });
  return { run: mutateAsync, busy: isPending, problem: error ?? undefined, reset };
}

/** Reads anew whatever was read by capabilities of these names or families (`agent.`); resolves when it was read. */
export function refresh(...families: readonly string[]): Promise<void> {
  return queries.invalidateQueries({
    predicate: ({ queryKey: [cap] }) =>
      typeof cap === "string" && families.some((one) => cap.startsWith(one)),
  });
}
