import { useQuery } from "@tanstack/react-query";
import type { Capability } from "#contract";
import { request } from "../../../client/index.ts";

export type Listed = Pick<Capability, "name" | "summary" | "grant" | "effect"> & {
  readonly scope?: Capability["scope"] | null;
};

/** What an owner can give: the capabilities that are asked for in a manifest. */
export function useGivable(): readonly Listed[] | undefined {
  const { data } = useQuery({
    queryKey: ["capabilities"],
    queryFn: () => request<{ readonly capabilities: readonly Listed[] }>("GET", "/api/capabilities"),
    select: ({ capabilities }) => capabilities.filter(({ grant }) => grant === "owner"),
  });
  return data;
}
