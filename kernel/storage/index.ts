/** SQLite files with one writer each, migrated forward, durable without blocking. @module */
export { createCheckpointer } from "./checkpointer.ts";
export { type OpenDatabase, openDatabase } from "./database.ts";
export { copyDurably, writeDurably } from "./durable-file.ts";
