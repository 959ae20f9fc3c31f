/** SQLite files with one writer each, migrated forward, durable without blocking. @module */
export { type Checkpointer, createCheckpointer } from "./checkpointer.ts";
export { type DatabaseOptions, type OpenDatabase, openDatabase } from "./database.ts";
export { copyDurably, writeDurably } from "./durable-file.ts";
