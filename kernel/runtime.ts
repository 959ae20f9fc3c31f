import { join } from "node:path";
import {
  type Caller,
  type Database,
  FieldworkError,
  type Host,
  type JsonValue,
  type ModuleDefinition,
} from "#contract";
import type { Counter } from "./counter/index.ts";
import type { Databases } from "./databases.ts";
import type { Grants } from "./grants/index.ts";
import type { Home } from "./home/index.ts";
import { createInstaller, type Installer } from "./install/index.ts";
import { createMailbox, type Mailbox } from "./mailbox/index.ts";
import {
  type createAccounts,
  createLimits,
  createRegistry,
  createRun,
  createStates,
  environmentOf,
  type ModuleRecords,
  type Registry,
  type States,
  workspaceOf,
} from "./modules/index.ts";
import { createSandbox, readRuntimeFiles, type Sandbox } from "./sandbox/index.ts";
import type { Settings } from "./settings/index.ts";
import { createMailTurns, dropSteps, openStepLog } from "./turns/index.ts";

export interface RuntimeOptions extends Pick<Databases, "db" | "journal" | "stateLadders" | "wrote"> {
  readonly home: Home;
  /** The folder that holds `sdk/` and `templates/`. */
  readonly root: string;
  readonly builtIn: readonly ModuleDefinition[];
  readonly settings: Settings;
  readonly grants: Grants;
  readonly records: ModuleRecords;
  /** Told of the end of each call of a module. */
  readonly ended: ReturnType<typeof createAccounts>;
  guestLog(module: string, level: string, text: string): void;
  counter(): Counter;
  hostOf(module: string): Host;
  readonly now: () => number;
  note(kind: string, subject: string, data?: Readonly<Record<string, JsonValue>>): void;
  /** What is opened is closed by these. */
  readonly closers: (() => unknown)[];
}

/** What the modules in the home run on, keep their things in, and are reached by. */
export interface Runtime {
  readonly sandbox: Sandbox;
  readonly states: States;
  readonly registry: Registry;
  readonly installer: Installer;
  readonly mailbox: Mailbox;
  limitsOf(id: string): ReturnType<ReturnType<typeof createLimits>>;
  /** Where a caller keeps its things. */
  stateOf(caller: Caller): Database;
  workspaceOf(caller: Caller): string;
}

const OWNER_FOLDER = "owner";

export function openRuntime(options: RuntimeOptions): Runtime {
  const { home, root, builtIn, db, journal, settings, grants, records, now, note, closers } = options;
  const sandbox = createSandbox({
    cache: home.folder("cache", "programs"),
    processes: settings.get<number>("sandbox.processes"),
    memoryMb: settings.get<number>("sandbox.memory_mb"),
  });
  closers.push(sandbox.close);
  const agents = home.folder("agents");
  const states = createStates({
    folderOf: (id) =>
      id === OWNER_FOLDER || !registry.has(id) ? home.folder(OWNER_FOLDER) : registry.entry(id).folder,
    ladders: () => options.stateLadders,
    wrote: options.wrote,
  });
  closers.push(states.closeAll);

  const limits = createLimits(records, settings);

  let runtimeFiles: Readonly<Record<string, string>> | undefined;
  const run = createRun({
    sandbox,
    call: (caller, cap, args, place) => options.counter().call(caller, cap, args, place),
    repeatable: (cap, args) => options.counter().repeatable(cap, args),
    limitsOf: limits,
    environmentOf: (entry) =>
      environmentOf(
        entry,
        grants.scopes(entry.id, "fs.read").some((scope) => scope === "/shared" || scope === "*"),
      ),
    log: (entry, line) => options.guestLog(entry.id, "info", line),
    ended: options.ended,
  });
  const registry = createRegistry({
    folder: agents,
    sandbox,
    run,
    grants,
    records,
    runtimeFiles() {
      runtimeFiles ??= readRuntimeFiles(join(root, "sdk", "ts"));
      return runtimeFiles;
    },
    memoryBytesOf: (entry) => limits(entry).memoryBytes,
    note,
    closeState: states.close,
    now,
  });
  const installer = createInstaller({
    agents,
    staging: home.folder("staging"),
    trash: home.folder("trash"),
    exports: home.folder("exports"),
    templates: join(root, "templates"),
    registry,
    records,
    grants,
    now,
    trashKeepDays: () => settings.get<number>("trash.keep_days"),
    copied(from, to, withState) {
      for (const module of builtIn) module.copied?.(from, to, withState, options.hostOf(module.id));
    },
    removed(id) {
      for (const module of builtIn) module.removed?.(id, options.hostOf(module.id));
    },
    note,
  });
  const turnOf = createMailTurns({ state: states.get, folderOf: (id) => registry.entry(id).folder });
  const mailbox = createMailbox({
    db,
    journal,
    now,
    state: states.get,
    async requireModule(id) {
      await registry.free(id);
      registry.entry(id);
    },
    deliver: (mail, signal) =>
      registry.invoke(mail.to, mail.function, mail.payload, {
        trace: mail.trace,
        signal,
        turn: turnOf(mail),
      }),
    acted: (mail) => openStepLog(states.get(mail.to), mail.id).resumed,
    settled: (mail) => dropSteps(states.get(mail.to), mail.id),
  });
  /** Whose things a caller's are: a module's own, or the owner's; a guest that is no module keeps nothing. */
  const keeper = ({ id, tier }: Caller): string => {
    if (registry.has(id)) return id;
    if (tier === "guest") throw new FieldworkError("denied", `${id} is no module, so it keeps nothing here.`);
    return OWNER_FOLDER;
  };
  return {
    sandbox,
    states,
    registry,
    installer,
    mailbox,
    limitsOf: (id) => limits(registry.entry(id)),
    stateOf: (caller) => states.get(keeper(caller)),
    workspaceOf: (caller) => {
      const id = keeper(caller);
      return id === OWNER_FOLDER ? home.folder(OWNER_FOLDER, "workspace") : workspaceOf(registry.entry(id));
    },
  };
}
