/**
 * The home folder, read without a server: where it is, its databases, its journal, its agents.
 * @module
 */

export { readDataFormat } from "./data_format.ts";
export { openReadOnly, quickCheck } from "./database.ts";
export { type AgentFolder, readAgentFolders } from "./folders.ts";
export { type EventFilter, journalPath, readJournal, type Verification, verifyJournal } from "./journal.ts";
export { locateHome, requireHome } from "./locate.ts";
export { type HomeLock, lockHome, withHomeLocked } from "./lock.ts";
