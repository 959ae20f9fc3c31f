/** Inbox and outbox of every module. @module */
export { mailMigrations, openMailMigrations } from "./mail.ts";
export { createMailbox, type Letter, type Mailbox } from "./mailbox.ts";
