import { monitorEventLoopDelay } from "node:perf_hooks";
import {
  ACTIONS,
  type Action,
  capability,
  type Health,
  type HealthProblem,
  type Provider,
  provide,
  VERSION,
} from "#contract";
import type { Approvals } from "../approvals/index.ts";
import type { DiskUse } from "../disk/index.ts";
import type { Guardian } from "../guardian/index.ts";
import type { Journal } from "../journal/index.ts";
import type { Mailbox } from "../mailbox/index.ts";
import type { Registry } from "../modules/index.ts";
import type { Sandbox } from "../sandbox/index.ts";

export interface HealthParts {
  readonly journal: Journal;
  readonly guardian: Guardian;
  readonly registry: Registry;
  readonly sandbox: Sandbox;
  readonly mailbox: Mailbox;
  readonly approvals: Approvals;
  readonly disk: DiskUse;
  readonly now: () => number;
  /** What built-in modules tell of themselves. */
  told(): readonly HealthProblem[];
}

const LOOP_SAMPLE_MS = 100;
const PROBLEMS_MAX = 200;
const FREE_LEAST_BYTES = 512 * 1024 * 1024;
/** Of a small disk that is the least that should be free. */
const FREE_LEAST_SHARE = 0.05;

export interface HealthService {
  readonly providers: readonly Provider[];
  /** What may be told without a sign-in. `degraded`: parts that do not work as they should. */
  ready(): {
    readonly ready: boolean;
    readonly problems: readonly string[];
    readonly degraded: readonly { readonly part: string; readonly what: string }[];
  };
  close(): void;
}

/** How the system is, in figures and in words. */
export function serveHealth(parts: HealthParts): HealthService {
  const { journal, guardian, registry, sandbox, mailbox, approvals, disk, now } = parts;
  const started = new Date(now()).toISOString();
  const delay = monitorEventLoopDelay({ resolution: LOOP_SAMPLE_MS });
  delay.enable();
  const delayMs = (nanoseconds: number) =>
    Math.max(0, Math.round((nanoseconds / 1e6 - LOOP_SAMPLE_MS) * 100) / 100);

  const problems = (): HealthProblem[] =>
    [
      ...ofCore(guardian),
      ...ofJournal(journal),
      ...ofDisk(disk.last()),
      ...registry.ids().flatMap((id) => ofModule(registry, id)),
      ...parts.told(),
    ].slice(0, PROBLEMS_MAX);

  const health = provide(capability("system.health"), async () => {
    const used = await disk.now();
    const infos = registry.ids().map((id) => registry.info(id));
    const count = (state: string) => infos.filter((one) => one.state === state).length;
    const found = problems();
    const { rss, heapUsed } = process.memoryUsage();
    const degraded = found.some(({ level }) => level === "degraded");
    const state: Health["state"] = guardian.safeMode() ? "safe_mode" : degraded ? "degraded" : "ready";
    return {
      state,
      version: VERSION,
      started_at: started,
      problems: found,
      sandbox: {
        processes: (await sandbox.info()).map(({ pid, instances, rssBytes, calls, respawns }) => ({
          pid,
          instances,
          rss_bytes: rssBytes,
          calls,
          respawns,
        })),
      },
      journal: { last_seq: journal.lastSeq(), unwritten: journal.unwritten() },
      inbox: mailbox.counts(),
      modules: { ready: count("ready"), broken: count("broken"), waiting_for_approval: count("new") },
      approvals_waiting: approvals.waiting(),
      memory: { rss_bytes: rss, heap_bytes: heapUsed },
      event_loop_delay_ms: {
        p50: delayMs(delay.percentile(50)),
        p99: delayMs(delay.percentile(99)),
        max: delayMs(delay.max),
      },
      usage: infos
        .filter(({ usage }) => usage.calls > 0)
        .map(({ id, usage: { calls, failures, cpu_ms, fuel, memory_peak_bytes } }) => ({
          id,
          calls,
          failures,
          cpu_ms,
          fuel,
          memory_peak_bytes,
          running: registry.entry(id).running.size,
        })),
      disk: used,
    };
  });
  return {
    providers: [health],
    ready() {
      const failure = journal.failure();
      return {
        ready: failure === undefined,
        problems: failure === undefined ? [] : [`the journal cannot be written: ${failure}`],
        degraded: problems().map(publicWords),
      };
    },
    close: () => delay.disable(),
  };
}

const degraded = (part: string, what: string, remedy: string, action?: Action): HealthProblem => ({
  part,
  what,
  remedy,
  ...(action ? { action } : {}),
  level: "degraded",
});

const CORE_SHOWN_MAX = 20;

function ofCore(guardian: Guardian): HealthProblem[] {
  const found = guardian.problems();
  const more = found.length - CORE_SHOWN_MAX;
  const shown = [
    ...found.slice(0, CORE_SHOWN_MAX),
    ...(more > 0 ? [`and ${more} more files are not as they were sealed`] : []),
  ];
  return shown.map((what) =>
    degraded("core", what, "Restore the file, or seal the core as it is.", ACTIONS.seal_core()),
  );
}

function ofJournal(journal: Journal): HealthProblem[] {
  const failure = journal.failure();
  if (failure === undefined) return [];
  return [
    degraded("journal", `It cannot be written: ${failure}`, "Free space on the disk of the home folder."),
  ];
}

function ofDisk(disk: Health["disk"]): HealthProblem[] {
  if (!disk) return [];
  const least = Math.min(FREE_LEAST_BYTES, disk.total_bytes * FREE_LEAST_SHARE);
  if (disk.free_bytes >= least) return [];
  return [
    degraded(
      "disk",
      `Only ${Math.round(disk.free_bytes / 1024 / 1024)} MiB are free on the disk of the home folder.`,
      "Free some space: delete old backups, or empty the trash of the home.",
      ACTIONS.see_backups(),
    ),
  ];
}

function ofModule(registry: Registry, id: string): HealthProblem[] {
  const { state, problems, folder, daemon } = registry.info(id);
  if (state === "broken")
    return [
      degraded(
        id,
        problems[0] ?? "it is broken",
        `Mend ${folder}; it is loaded again by itself.`,
        ACTIONS.mend_agent(id),
      ),
    ];
  if (daemon?.state !== "waiting" || daemon.last_error === null) return [];
  return [
    degraded(
      id,
      `Its service ended and is started again: ${daemon.last_error.slice(0, 300)}`,
      "Look at what it says, or disable it.",
      ACTIONS.read_journal(id),
    ),
  ];
}

/** Whoever asks without a token learns which part it is; what a module is called and says is the owner's. */
const publicWords = ({ part, what, level }: HealthProblem) =>
  PUBLIC_PARTS.has(part)
    ? { part, what, level }
    : { part: "modules", what: "A module or model does not work as it should; sign in to see which.", level };
const PUBLIC_PARTS: ReadonlySet<string> = new Set(["core", "journal", "disk", "models"]);
