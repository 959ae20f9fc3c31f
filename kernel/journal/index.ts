/** One hash-chained journal of all that happens. @module */
export { type Journal, openJournal } from "./journal.ts";
export { keepSize } from "./keep-size.ts";
export type { JournalQuery } from "./query.ts";
export { createJournalReader, type JournalReader } from "./reader.ts";
export type { EventFilter } from "./table.ts";
export { type Verification, verifyJournal } from "./verify.ts";
