/**
 * Packs: modules as one file. Reads `.fwagent.zip` and `.fwpack` strictly, unpacks them, and packs a folder.
 * Each job runs in a worker thread of its own, so that the event loop never waits for one.
 * @module
 */
export { exportable } from "./exportable.ts";
export type { PackEntry, PackListing } from "./listing.ts";
export { pack } from "./pack.ts";
export { readPack } from "./read.ts";
export { unpack } from "./unpack.ts";
