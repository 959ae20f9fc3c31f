/** Files and folders of the home as downloads, streamed. @module */
export { downloadFile } from "./file.ts";
export { downloadFolder } from "./folder.ts";
