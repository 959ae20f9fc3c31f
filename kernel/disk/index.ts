/** What the home takes on the disk. @module */
export { createDiskUse, type DiskUse } from "./disk-use.ts";
