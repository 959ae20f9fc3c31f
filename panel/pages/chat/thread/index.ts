/** The messages of a conversation. @module */
export { loadThread, Thread } from "./on_demand.tsx";
