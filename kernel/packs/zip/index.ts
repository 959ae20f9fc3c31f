/**
 * Zip files from strangers: every record is read by us, and what two records say differently is refused.
 * @module
 */
export { copyContent, readContent } from "./content.ts";
export { readDirectory, type ZipEntry } from "./directory.ts";
export { createPathSet, type PathSet } from "./path_set.ts";
export { type WrittenZip, writeZip } from "./write.ts";
