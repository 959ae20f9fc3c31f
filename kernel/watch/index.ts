/** Tells when a folder changed. @module */
export { type FolderWatch, watchFolder } from "./watch.ts";
