/** Inbox and outbox of every module. @module */

export type { Letter } from "./inbox.ts";
export { createMailbox, type Mailbox } from "./mailbox.ts";
export { mailMigrations, openMailMigrations } from "./tables.ts";
