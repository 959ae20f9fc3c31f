/** Events that are told and not kept. @module */
export { createLive, type Live } from "./live.ts";
