import { lazy, Suspense } from "react";
import type { EventProps } from "./told.tsx";

const Told = lazy(async () => ({ default: (await import("./told.tsx")).Told }));

/** An event of the journal beside the page; loaded when the first is opened. */
export const EventDialog = (props: EventProps) => (
  <Suspense>
    <Told {...props} />
  </Suspense>
);
