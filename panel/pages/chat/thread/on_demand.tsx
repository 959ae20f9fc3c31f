import { onDemand } from "../../../design/index.ts";
import { Loading } from "./loading.tsx";

/** What shows messages is the larger half of the chat: the box to write in does not wait for it. */
export const loadThread = () => import("./thread.tsx");

export const Thread = onDemand(async () => (await loadThread()).Thread, <Loading />);
