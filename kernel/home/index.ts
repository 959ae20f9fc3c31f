/** The home folder: checked, locked for one process, of a data form this program knows. @module */
export { checkDataFormat, metaMigrations, noteDataFormat } from "./data-format.ts";
export { type Home, networkFileSystem, openHome } from "./home.ts";
export { settleRestore } from "./restored.ts";
