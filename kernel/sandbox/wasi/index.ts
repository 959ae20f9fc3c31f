/**
 * WASI preview 1 for guests that are not trusted: deny by default, bounded in everything, files only through a
 * {@link VirtualFs}.
 *
 * @module
 */
export { WasiExit } from "./exit.ts";
export type { WasiLimits } from "./limits.ts";
export type { DirectoryEntry, FileKind, FileStat, VirtualFs, VirtualFsErrorCode } from "./virtual-fs.ts";
export { VirtualFsError } from "./virtual-fs.ts";
export { createWasi, type Wasi, type WasiOptions } from "./wasi.ts";
