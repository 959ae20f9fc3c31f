import { monitorEventLoopDelay } from "node:perf_hooks";
import { capability, FieldworkError, type Health, type Provider, provide, VERSION } from "#contract";
import type { Approvals } from "../approvals/index.ts";
import type { Guardian } from "../guardian/index.ts";
import type { Home } from "../home/index.ts";
import { type Journal, verifyJournal } from "../journal/index.ts";
import type { Mailbox } from "../mailbox/index.ts";
import type { Registry } from "../modules/index.ts";
import type { Owner } from "../owner/index.ts";
import type { Sandbox } from "../sandbox/index.ts";
import { serveOwnerPassword } from "./owner-password.ts";

export interface SystemParts {
  readonly home: Home;
  readonly journal: Journal;
  readonly guardian: Guardian;
  readonly owner: Owner;
  readonly registry: Registry;
  readonly sandbox: Sandbox;
  readonly mailbox: Mailbox;
  readonly approvals: Approvals;
  readonly now: () => number;
  takeBackup(
    to: string | undefined,
    signal: AbortSignal,
  ): Promise<{ path: string; bytes: number; files: number }>;
  note(kind: string, subject: string): void;
  readonly stop: (() => void) | undefined;
}

/** The answer leaves before the end begins. */
const STOP_AFTER_MS = 50;

const LOOP_SAMPLE_MS = 100;

/** The system itself: its journal, health, seal, owner and backups. */
export function serveSystem(parts: SystemParts): { providers: Provider[]; close(): void } {
  const { home, journal, guardian, owner, registry, sandbox, mailbox, approvals, now, note, takeBackup } =
    parts;
  const started = new Date(now()).toISOString();
  const delay = monitorEventLoopDelay({ resolution: LOOP_SAMPLE_MS });
  delay.enable();
  const delayMs = (nanoseconds: number) =>
    Math.max(0, Math.round((nanoseconds / 1e6 - LOOP_SAMPLE_MS) * 100) / 100);

  const problems = (): Health["problems"] => {
    const found: { part: string; what: string; remedy: string }[] = [];
    for (const what of guardian.problems().slice(0, 20)) {
      found.push({
        part: "core",
        what,
        remedy: "Restore the file, or seal the core as it is with `fw reseal`.",
      });
    }
    const failure = journal.failure();
    if (failure)
      found.push({
        part: "journal",
        what: `It cannot be written: ${failure}`,
        remedy: "Free space on the disk of the home folder.",
      });
    for (const id of registry.ids()) {
      const info = registry.info(id);
      if (info.state === "broken")
        found.push({
          part: id,
          what: info.problems[0] ?? "it is broken",
          remedy: `Mend ${info.folder}; it is loaded again by itself.`,
        });
    }
    return found;
  };

  const providers = [
    provide(capability("journal.query"), (args) => {
      const { after, limit, newest, ...filter } = args;
      const events = newest ? journal.newest(limit, filter) : journal.read(after, limit, filter);
      return { events, last_seq: journal.lastSeq() };
    }),
    provide(capability("journal.verify"), async () => {
      await journal.committed();
      const { ok, events, firstBad, problem } = await verifyJournal(home.file("journal.db"));
      return { ok, events, first_bad: firstBad, problem };
    }),
    provide(capability("system.health"), async () => {
      const infos = registry.ids().map((id) => registry.info(id));
      const count = (state: string) => infos.filter((one) => one.state === state).length;
      const found = problems();
      const { rss, heapUsed } = process.memoryUsage();
      return {
        state: guardian.safeMode()
          ? ("safe_mode" as const)
          : found.length > 0
            ? ("degraded" as const)
            : ("ready" as const),
        version: VERSION,
        started_at: started,
        problems: [...found],
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
      };
    }),
    provide(capability("system.setup"), async (args) => {
      const { owner: name, password } = args;
      await owner.create(name, password);
      await guardian.protect(password);
      note("system.owner_created", name);
      return { ok: true as const };
    }),
    provide(capability("system.reseal"), async (args) => {
      const { password } = args;
      if (owner.exists()) {
        if (!(await owner.verify(password))) {
          throw new FieldworkError("denied", "That is not the owner's password.", {
            remedy: "Try again with the owner's password.",
          });
        }
        // A death in the middle of the setup leaves the key without its password.
        await guardian.protect(password);
      }
      const files = await guardian.reseal(password);
      note("system.resealed", "core");
      return { files };
    }),
    provide(capability("system.backup"), async (args, context) => {
      const { to } = args;
      await journal.committed();
      const made = await takeBackup(to, context.signal);
      note("system.backup", made.path);
      return made;
    }),
    provide(capability("system.stop"), () => {
      const { stop } = parts;
      if (!stop)
        throw new FieldworkError("unavailable", "Nothing runs here that could be stopped from within.", {
          remedy: "End the process.",
        });
      setTimeout(stop, STOP_AFTER_MS);
      return { stopping: true as const };
    }),
    ...serveOwnerPassword({ owner, guardian, note }),
  ];
  return { providers, close: () => delay.disable() };
}
