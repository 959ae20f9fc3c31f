import { useInfiniteQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { useAddress } from "../../../address/index.ts";
import { call, useCapability } from "../../../client/index.ts";

const PAGE = 100;
const HITS = 50;

/** The memories that the address asks for: searched, or listed with filters, page by page. */
export function useMemories(agent: string) {
  const { chosen } = useAddress();
  const query = useDeferredValue(chosen("q").trim());
  const [wing, room, kind, held, state] = ["wing", "room", "kind", "held", "state"].map((name) =>
    chosen(name).trim(),
  );
  const shared = { ...(wing ? { wing } : {}), ...(kind ? { kind } : {}), ...(held ? { as_of: held } : {}) };
  const searched = query !== "";
  const search = useCapability("memory.search", searched ? { agent, query, k: HITS, ...shared } : undefined);
  const listed = {
    agent,
    ...shared,
    ...(room ? { room } : {}),
    ...(state === "tainted" || state === "clean" ? { tainted: state === "tainted" } : {}),
    ...(state === "current" ? { current: true } : {}),
  };
  const list = useInfiniteQuery({
    queryKey: ["memory.list", listed],
    queryFn: ({ pageParam, signal }) =>
      call("memory.list", { ...listed, limit: PAGE, ...(pageParam ? { before: pageParam } : {}) }, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: !searched,
  });
  const filtered = Boolean(wing || room || kind || held || state);
  const whole = useCapability("mind.show", { agent }).data?.memories;

  const found = search.data?.hits.filter(
    (hit) =>
      (!room || hit.room === room) &&
      (state !== "tainted" || hit.tainted) &&
      (state !== "clean" || !hit.tainted) &&
      (state !== "current" || !hit.superseded_by),
  );
  return {
    memories: searched ? found : list.data?.pages.flatMap(({ hits }) => hits),
    searched,
    filtered,
    /** How many there are in all, where all are shown. */
    whole: filtered ? undefined : whole,
    reading: searched ? search.isFetching : list.isFetchingNextPage,
    problem: (searched ? search.error : list.error) ?? undefined,
    again: () => void (searched ? search.refetch() : list.refetch()),
    further: () => {
      if (!searched && list.hasNextPage && !list.isFetching) void list.fetchNextPage();
    },
  };
}
