import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Migration, ModuleDefinition } from "#contract";
import { approvalMigrations } from "./approvals/index.ts";
import { grantMigrations } from "./grants/index.ts";
import { checkDataFormat, type Home, metaMigrations, noteDataFormat } from "./home/index.ts";
import { type Journal, openJournal } from "./journal/index.ts";
import { mailMigrations, openMailMigrations } from "./mailbox/index.ts";
import { moduleMigrations } from "./modules/index.ts";
import { ownerMigrations } from "./owner/index.ts";
import { settingMigrations } from "./settings/index.ts";
import { copyDurably, createCheckpointer, type OpenDatabase, openDatabase } from "./storage/index.ts";
import { stepMigrations } from "./turns/index.ts";
import { vaultMigrations } from "./vault/index.ts";

type Ladders = Readonly<Record<string, readonly Migration[]>>;

export interface DatabasesOptions {
  readonly home: Home;
  readonly modules: readonly ModuleDefinition[];
  readonly now: () => number;
  /** Bring data of an older form forward; without it they are refused. */
  readonly migrate: boolean;
  /** What is opened is closed by these. */
  readonly closers: (() => unknown)[];
}

export interface Databases {
  readonly db: OpenDatabase;
  readonly journal: Journal;
  /** The tables of every module's own database. */
  readonly stateLadders: Ladders;
  /** To be told of every commit, with the path of the database. */
  wrote(path: string): void;
}

/** Opens the kernel's database and the journal. A copy is kept of an older one before it is migrated. */
export function openDatabases({ home, modules, now, migrate, closers }: DatabasesOptions): Databases {
  const beforeMigration = (path: string) => keepCopy(home, path, now);
  const checkpointer = createCheckpointer();
  closers.push(checkpointer.close);
  checkDataFormat(home.file("fieldwork.db"), migrate);
  const db = openDatabase(home.file("fieldwork.db"), {
    ladders: {
      meta: metaMigrations,
      grants: grantMigrations,
      approvals: approvalMigrations,
      settings: settingMigrations,
      secrets: vaultMigrations,
      modules: moduleMigrations,
      accounts: ownerMigrations,
      open_mail: openMailMigrations,
      ...laddersOf(modules, "migrations"),
    },
    beforeMigration,
    wrote: checkpointer.wrote,
  });
  closers.push(db.close);
  noteDataFormat(db);
  const journal = openJournal(home.file("journal.db"), { now, wrote: checkpointer.wrote, beforeMigration });
  closers.push(journal.close);
  const stateLadders = {
    mail: mailMigrations,
    turns: stepMigrations,
    ...laddersOf(modules, "stateMigrations"),
  };
  return { db, journal, stateLadders, wrote: checkpointer.wrote };
}

function laddersOf(modules: readonly ModuleDefinition[], key: "migrations" | "stateMigrations"): Ladders {
  return Object.fromEntries(modules.flatMap((module) => (module[key] ? [[module.id, module[key]]] : [])));
}

function keepCopy(home: Home, path: string, now: () => number): void {
  const target = join(
    home.folder("backups"),
    `before-migration-${new Date(now()).toISOString().replaceAll(/[:.]/g, "-")}`,
  );
  mkdirSync(target, { recursive: true, mode: 0o700 });
  copyDurably(path, join(target, basename(path)));
}
