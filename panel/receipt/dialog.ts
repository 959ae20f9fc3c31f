import { onDemand } from "../design/index.ts";

/** An event of the journal beside the page. */
export const EventDialog = onDemand(async () => (await import("./told.tsx")).Told);
