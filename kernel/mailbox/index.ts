/** Inbox and outbox of every module. @module */
export { createMailbox, type Letter, type Mailbox, mailMigrations, openMailMigrations } from "./mailbox.ts";
