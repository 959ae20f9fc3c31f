import { Suspense } from "react";
import { useSearchParams } from "wouter";
import { Skeleton } from "../../../design/index.ts";
import { Workbench } from "../../../editor/index.ts";
import type { Agent } from "../module.ts";

/** Its files, with an editor; which one is open stands in the address. */
export function Files({ agent }: { readonly agent: Agent }) {
  const [search, setSearch] = useSearchParams();
  return (
    <Suspense fallback={<Skeleton lines={8} />}>
      <Workbench
        agent={agent}
        path={search.get("file") ?? undefined}
        onOpen={(path) => setSearch({ file: path })}
      />
    </Suspense>
  );
}
