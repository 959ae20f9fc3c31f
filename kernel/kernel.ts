import { join } from "node:path";
import type {
  Caller,
  Event,
  HealthProblem,
  JsonObject,
  JsonValue,
  LiveEvent,
  Logger,
  ModuleDefinition,
  Reply,
} from "#contract";
import { createApprovals } from "./approvals/index.ts";
import {
  type CallOptions,
  createCounter,
  newSpan,
  newTrace,
  type Policy,
  tellUnknownOutcomes,
} from "./counter/index.ts";
import { openDatabases } from "./databases.ts";
import { createDiskUse } from "./disk/index.ts";
import { createGrants } from "./grants/index.ts";
import { createGuardian, createPin } from "./guardian/index.ts";
import { type Home, openHome } from "./home/index.ts";
import { createHosts } from "./hosts/index.ts";
import { createInstaller } from "./install/index.ts";
import { createJournalReader, type EventFilter } from "./journal/index.ts";
import { createLive } from "./live/index.ts";
import { createMailbox } from "./mailbox/index.ts";
import { createMetrics } from "./metrics/index.ts";
import { createModuleFiles } from "./module-files/index.ts";
import {
  createAccounts,
  createLimits,
  createModuleRecords,
  createRegistry,
  createRun,
  createStates,
  environmentOf,
  workspaceOf,
} from "./modules/index.ts";
import { createOwner } from "./owner/index.ts";
import { createSandbox, readRuntimeFiles } from "./sandbox/index.ts";
import {
  createFill,
  degradedNow,
  serveBasic,
  serveHealth,
  serveJournal,
  serveModules,
  serveOwner,
  serveSecretUse,
  serveSystem,
} from "./serves/index.ts";
import { createSettings, kernelSettings } from "./settings/index.ts";
import { createMailTurns, dropSteps, forgetSaid, openStepLog } from "./turns/index.ts";
import { createVault, openKeyRing } from "./vault/index.ts";

export interface KernelOptions {
  /** The home folder, `$FIELDWORK_HOME`. */
  readonly home: string;
  /** The folder that holds `contract/`, `kernel/`, `sdk/` and `templates/`. */
  readonly root: string;
  readonly modules: readonly ModuleDefinition[];
  /** The folder of the modules that a new home begins with. */
  readonly packs?: string | undefined;
  readonly logger: (module: string) => Logger;
  readonly now?: () => number;
  /** The master key, instead of the key file; 64 hexadecimal digits. */
  readonly masterKey?: string | undefined;
  /** Bring data of an older form forward; without it they are refused, so that `fw upgrade` does it on a copy. */
  readonly migrate?: boolean;
  /** Only to see whether it starts: no daemon, schedule or waiting message is begun. */
  readonly trial?: boolean;
}

/** The kernel as the server sees it. */
export interface Kernel {
  readonly home: Home;
  call(caller: Caller, cap: string, args: unknown, options?: CallOptions): Promise<Reply>;
  permits(caller: Caller, cap: string): Reply;
  readonly events: {
    read(after: number, limit: number, filter: EventFilter): readonly Event[];
    lastSeq(): number;
    subscribe(listener: () => void): () => void;
    live(listener: (event: LiveEvent) => void): () => void;
  };
  /** `degraded`: parts that do not work as they should, in words that tell nothing of the owner's data. */
  ready(): {
    readonly ready: boolean;
    readonly problems: readonly string[];
    readonly degraded: readonly { readonly part: string; readonly what: string }[];
  };
  metrics(): string;
  close(): Promise<void>;
}

const OWNER_FOLDER = "owner";
const PRUNE_EVERY_MS = 60_000;

/** Opens the home and starts everything on it. */
export async function createKernel(options: KernelOptions): Promise<Kernel> {
  const now = options.now ?? Date.now;
  const home = await openHome(options.home);
  const closers: (() => unknown)[] = [home.release];
  try {
    return await assemble(options, home, now, closers);
  } catch (error) {
    for (const close of closers.reverse()) await close();
    throw error;
  }
}

async function assemble(
  options: KernelOptions,
  home: Home,
  now: () => number,
  closers: (() => unknown)[],
): Promise<Kernel> {
  const { db, journal, wrote, stateLadders } = openDatabases({
    home,
    modules: options.modules,
    now,
    migrate: options.migrate === true,
    closers,
  });

  const settings = createSettings(db, now);
  settings.declare(kernelSettings);
  for (const { settings: own = [] } of options.modules) settings.declare(own);
  const ring = openKeyRing(home.file("master.key"), options.masterKey);
  const vault = createVault(db, ring, now, () => guardian.rekey());
  const grants = createGrants(db, now);
  const records = createModuleRecords(db, now);
  const owner = createOwner(db, now);
  const metrics = createMetrics();

  /** A note of the kernel itself in the journal. */
  const note = (kind: string, subject: string, data: Readonly<Record<string, JsonValue>> = {}) => {
    const trace = newTrace();
    journal.append({ kind, actor: "kernel", subject, data, trace, span: newSpan() });
  };
  const approvals = createApprovals({
    db,
    now,
    expiresMs: () => settings.get<number>("approvals.expire_hours") * 3_600_000,
    changed: (approval, event) =>
      void journal.append({
        kind: `approval.${event}`,
        actor: event === "asked" ? approval.module : "owner",
        subject: approval.id,
        data: { module: approval.module, capability: approval.capability, args: approval.args_hash },
        trace: approval.trace,
        span: newSpan(),
      }),
  });
  closers.push(approvals.close);
  const guardian = createGuardian({
    root: options.root,
    sealFile: home.file("seal.json"),
    pin: createPin(db),
    keyFile: home.file("seal.key"),
    ring,
    now,
    changed: (safe, problems) =>
      note(safe ? "system.safe_mode" : "system.safe_mode_left", "core", { problems: problems.slice(0, 50) }),
  });
  await guardian.check();
  closers.push(guardian.close);

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
    ladders: () => stateLadders,
    wrote,
  });
  closers.push(states.closeAll);

  const limitsOf = createLimits(records, settings);

  const logger = options.logger;
  const guestLog = (id: string, level: string, text: string) => {
    const log = logger(id);
    const write = { debug: log.debug, warn: log.warn, error: log.error }[level] ?? log.info;
    write(text);
  };
  let runtimeFiles: Readonly<Record<string, string>> | undefined;
  const run = createRun({
    sandbox,
    call: (caller, cap, args, place) => counter.call(caller, cap, args, place),
    repeatable: (cap, args) => counter.repeatable(cap, args),
    limitsOf,
    environmentOf: (entry) =>
      environmentOf(
        entry,
        grants.scopes(entry.id, "fs.read").some((scope) => scope === "/shared" || scope === "*"),
      ),
    log: (entry, line) => guestLog(entry.id, "info", line),
    ended: createAccounts({ journal, metrics, logger: logger("kernel") }),
  });
  const registry = createRegistry({
    folder: agents,
    sandbox,
    run,
    grants,
    records,
    runtimeFiles() {
      runtimeFiles ??= readRuntimeFiles(join(options.root, "sdk", "ts"));
      return runtimeFiles;
    },
    memoryBytesOf: (entry) => limitsOf(entry).memoryBytes,
    note,
    closeState: states.close,
    now,
  });
  const installer = createInstaller({
    agents,
    staging: home.folder("staging"),
    trash: home.folder("trash"),
    exports: home.folder("exports"),
    templates: join(options.root, "templates"),
    registry,
    records,
    grants,
    now,
    trashKeepDays: () => settings.get<number>("trash.keep_days"),
    copied(from, to, withState) {
      for (const module of options.modules) module.copied?.(from, to, withState, hosts.of(module.id));
    },
    removed(id) {
      for (const module of options.modules) module.removed?.(id, hosts.of(module.id));
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

  const fill = createFill(vault, grants);
  const counter = createCounter({
    grants,
    journal,
    approvals,
    now,
    safeMode: guardian.safeMode,
    policy: (module, about) =>
      records.get(module)?.config.policy?.[about] ??
      settings.get<Partial<Record<string, Policy>> & JsonObject>("policy.default")[about],
    rate: () => ({
      perSecond: settings.get<number>("limits.calls_per_second"),
      burst: settings.get<number>("limits.calls_burst"),
    }),
    place: {
      host: (module) => hosts.of(module),
      state: (caller) => states.get(registry.has(caller.id) ? caller.id : OWNER_FOLDER),
      workspace: (caller) =>
        registry.has(caller.id)
          ? workspaceOf(registry.entry(caller.id))
          : home.folder(OWNER_FOLDER, "workspace"),
      fill,
    },
  });
  const call: Kernel["call"] = async (caller, cap, args, callOptions) => {
    const reply = await counter.call(caller, cap, args, callOptions);
    metrics.called(cap, reply.ok ? "ok" : reply.error.code);
    return reply;
  };
  const live = createLive();
  const hosts = createHosts({
    home,
    db,
    journal,
    live,
    settings,
    registry,
    records,
    states,
    mailbox,
    logger,
    now,
    call: (caller, cap, args, span) => counter.call(caller, cap, args, span),
    fill,
    degraded: () => degradedNow({ guardian, journal, registry }),
    wrote,
  });
  closers.push(hosts.close);
  const reader = createJournalReader(home.file("journal.db"));
  closers.push(reader.close);
  const disk = createDiskUse(home.path, now);
  closers.push(disk.close);
  const health = serveHealth({
    journal,
    guardian,
    registry,
    sandbox,
    mailbox,
    approvals,
    disk,
    now,
    told: () => options.modules.flatMap((one) => one.problems?.(hosts.of(one.id)) ?? []),
  });
  closers.push(health.close);
  const files = createModuleFiles({ registry, staging: home.folder("staging"), note });
  const own = [
    ...serveBasic({ now, counter: () => counter, registry, log: guestLog }),
    ...serveSecretUse(),
    ...serveOwner({ grants, approvals, vault, settings, registry, note, durable: db.durable }),
    ...serveModules({
      registry,
      records,
      installer,
      mailbox,
      files,
      grants,
      builtIn: options.modules,
      forget(id, session) {
        const state = states.get(id);
        const messages = state.transaction(() => {
          const forgotten = mailbox.forget(id, session);
          for (const mail of forgotten) dropSteps(state, mail.id);
          forgetSaid(state, session);
          return forgotten;
        });
        approvals.forget(
          id,
          messages.map(({ trace }) => trace),
        );
        return messages.length;
      },
      limitsOf: (id) => limitsOf(registry.entry(id)),
      hostOf: hosts.of,
      lastOf: journal.lastOf,
      note,
      durable: db.durable,
    }),
    ...serveJournal({ journal, reader, path: home.file("journal.db") }),
    ...serveSystem({ guardian, owner, note }),
    ...health.providers,
  ];
  for (const provider of own) counter.offer({ module: "kernel", provider });
  for (const module of options.modules) {
    for (const provider of module.provides ?? []) counter.offer({ module: module.id, provider });
  }

  await installer.recover();
  await tellUnknownOutcomes(journal);
  note("system.started", "kernel");
  await registry.start(options.trial !== true);
  closers.push(registry.close, mailbox.close);
  if (db.created && options.packs !== undefined) await installer.ship(options.packs);
  for (const module of options.trial ? [] : options.modules) {
    const stop = await module.start?.(hosts.of(module.id));
    if (stop) closers.push(stop);
  }
  if (!options.trial) await mailbox.resume();
  guardian.watch();
  const prune = setInterval(
    () => journal.prune(settings.get<number>("journal.keep_mb") * 1024 * 1024),
    PRUNE_EVERY_MS,
  ).unref();
  closers.push(() => clearInterval(prune));

  let closing: Promise<void> | undefined;
  return {
    home,
    call,
    permits: counter.permits,
    events: {
      read: (after, limit, filter) => journal.read(after, limit, filter),
      lastSeq: journal.lastSeq,
      subscribe: journal.subscribe,
      live: live.listen,
    },
    ready() {
      const failure = journal.failure();
      return {
        ready: failure === undefined,
        problems: failure === undefined ? [] : [`the journal cannot be written: ${failure}`],
        degraded: health.problems().map(publicWords),
      };
    },
    metrics: () =>
      metrics.text({
        inbox: mailbox.counts(),
        unwritten: journal.unwritten(),
        lastSeq: journal.lastSeq(),
        safeMode: guardian.safeMode(),
        approvals: approvals.waiting(),
      }),
    close() {
      closing ??= (async () => {
        note("system.stopping", "kernel");
        for (const close of closers.reverse()) await close();
      })();
      return closing;
    },
  };
}

/** Whoever asks without a token learns which part it is; what a module is called and says is the owner's. */
const publicWords = ({ part, what, level }: HealthProblem) =>
  PUBLIC_PARTS.has(part)
    ? { part, what, level }
    : { part: "modules", what: "A module or model does not work as it should; sign in to see which.", level };
const PUBLIC_PARTS: ReadonlySet<string> = new Set(["core", "journal", "disk", "models"]);
