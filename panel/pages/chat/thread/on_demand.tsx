import { lazy, Suspense } from "react";
import { Loading } from "./loading.tsx";
import type { ThreadProps } from "./thread.tsx";

/** What shows messages is the larger half of the chat: the box to write in need not wait for it. */
export const loadThread = () => import("./thread.tsx");

const Loaded = lazy(async () => ({ default: (await loadThread()).Thread }));

export const Thread = (props: ThreadProps) => (
  <Suspense fallback={<Loading />}>
    <Loaded {...props} />
  </Suspense>
);
