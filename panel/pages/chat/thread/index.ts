/** The messages of a conversation. @module */
export { Thread } from "./thread.tsx";
export { useArrived } from "./use_arrived.ts";
