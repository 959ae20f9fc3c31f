import type {
  Caller,
  Event,
  JsonObject,
  JsonValue,
  LiveEvent,
  Logger,
  ModuleDefinition,
  Reply,
} from "#contract";
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
import { type Home, openHome, settleRestore } from "./home/index.ts";
import { createHosts } from "./hosts/index.ts";
import { createJournalReader, type EventFilter, keepSize } from "./journal/index.ts";
import { createLive } from "./live/index.ts";
import { createMetrics } from "./metrics/index.ts";
import { createModuleFiles } from "./module-files/index.ts";
import { createAccounts, createModuleRecords } from "./modules/index.ts";
import { openRuntime } from "./runtime.ts";
import { openSecurity } from "./security.ts";
import { createFill, degradedNow, type HealthService, serveKernel } from "./serves/index.ts";
import { createSettings, kernelSettings } from "./settings/index.ts";

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
  readonly ready: HealthService["ready"];
  metrics(): string;
  close(): Promise<void>;
}

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
  const records = createModuleRecords(db, now);
  const metrics = createMetrics();

  /** A note of the kernel itself in the journal. */
  const note = (kind: string, subject: string, data: Readonly<Record<string, JsonValue>> = {}) => {
    const trace = newTrace();
    journal.append({ kind, actor: "kernel", subject, data, trace, span: newSpan() });
  };
  const { owner, grants, approvals, vault, guardian } = await openSecurity({
    home,
    root: options.root,
    masterKey: options.masterKey,
    db,
    journal,
    settings,
    now,
    note,
    closers,
  });

  const { logger } = options;
  const guestLog = (id: string, level: string, text: string) => {
    const log = logger(id);
    const write = { debug: log.debug, warn: log.warn, error: log.error }[level] ?? log.info;
    write(text);
  };
  const { sandbox, states, limitsOf, registry, installer, mailbox, stateOf, workspaceOf } = openRuntime({
    home,
    root: options.root,
    builtIn: options.modules,
    db,
    journal,
    settings,
    stateLadders,
    wrote,
    grants,
    records,
    ended: createAccounts({ journal, metrics, logger: logger("kernel") }),
    guestLog,
    counter: () => counter,
    hostOf: (module) => hosts.of(module),
    now,
    note,
    closers,
  });

  const fill = createFill(vault, grants);
  const counter = createCounter({
    grants,
    journal,
    approvals,
    now,
    safeMode: guardian.safeMode,
    // Of modules alone: a program that asks models with a key of the gateway has nobody who could be asked, and its key is its leave.
    policy: (module, about) =>
      registry.has(module)
        ? (records.get(module)?.config.policy?.[about] ??
          settings.get<Partial<Record<string, Policy>> & JsonObject>("policy.default")[about])
        : "allow",
    rate: () => ({
      perSecond: settings.get<number>("limits.calls_per_second"),
      burst: settings.get<number>("limits.calls_burst"),
    }),
    place: {
      host: (module) => hosts.of(module),
      state: stateOf,
      workspace: workspaceOf,
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
  const { providers, health } = serveKernel({
    now,
    counter,
    guestLog,
    owner,
    grants,
    approvals,
    vault,
    guardian,
    settings,
    sandbox,
    registry,
    records,
    states,
    installer,
    mailbox,
    files: createModuleFiles({ registry, staging: home.folder("staging"), note }),
    builtIn: options.modules,
    limitsOf,
    hostOf: hosts.of,
    lastOf: journal.lastOf,
    journal,
    reader,
    journalFile: home.file("journal.db"),
    disk,
    told: () => options.modules.flatMap((one) => one.problems?.(hosts.of(one.id)) ?? []),
    note,
    durable: db.durable,
  });
  closers.push(health.close);
  for (const provider of providers) counter.offer({ module: "kernel", provider });
  for (const module of options.modules) {
    for (const provider of module.provides ?? []) counter.offer({ module: module.id, provider });
  }

  await installer.recover();
  await tellUnknownOutcomes(journal);
  note("system.started", "kernel");
  await registry.start(options.trial !== true);
  // Backwards: who works is stopped before what it works with, so that no turn sees its parts go and calls that its end.
  const stops: (() => unknown)[] = [];
  closers.push(async () => {
    for (const stop of stops.reverse()) await stop();
  });
  closers.push(registry.close, mailbox.close);
  if (db.created && options.packs !== undefined) await installer.ship(options.packs);
  if (!options.trial)
    await settleRestore(home, async (before) => {
      for (const module of options.modules) await module.restored?.(before, hosts.of(module.id));
    });
  for (const module of options.trial ? [] : options.modules) {
    const stop = await module.start?.(hosts.of(module.id));
    if (stop) stops.push(stop);
  }
  if (!options.trial) await mailbox.resume();
  guardian.watch();
  closers.push(keepSize(journal, () => settings.get<number>("journal.keep_mb") * 1024 * 1024));

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
    ready: health.ready,
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
