import { existsSync } from "node:fs";
import { lstat, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import {
  ACTIONS,
  type BackupInfo,
  type CallContext,
  capability,
  DATA_FORMAT,
  defineModule,
  FieldworkError,
  type ModuleDefinition,
  progressEvent,
  provide,
} from "#contract";
import { BACKUP_FILE, LEFT_OUT } from "./manifest.ts";
import { restorePlaces } from "./restore.ts";
import { markRestored } from "./restored.ts";
import { stageSwap } from "./swap.ts";
import { migrate, tryOut } from "./trial.ts";
import { runWork, type TellProgress } from "./work.ts";

/** The process that serves a home, as its owner restarts and stops it. */
export interface BackupService {
  /** Absolute path of the home. */
  readonly home: string;
  /** The folder of the program. */
  readonly root: string;
  /** How the exchange of the home that was decided on before this start went; `undefined`: there was none. */
  readonly exchanged: { readonly ok: true } | { readonly ok: false; readonly problem: string } | undefined;
  restart(): void;
  stop(): void;
}

interface Staged {
  readonly files: number;
  readonly created_at: string;
  readonly data_format: number;
}

/** Time for the answer to leave before the server closes. */
const ANSWER_MS = 100;

/** Backups, putting one back, and restarting, as a running server offers them. */
export function backupModule(service: BackupService): ModuleDefinition {
  const { home, root } = service;
  let busy: string | undefined;
  let leaving = false;

  /** One such work at a time: each needs the disk, and a restart would cut the other off. */
  const alone = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    if (busy !== undefined || leaving)
      throw new FieldworkError("conflict", `The server is ${busy ?? "restarting"} already.`, {
        remedy: "Wait until that is done, or stop it where it was begun.",
      });
    busy = what;
    try {
      return await work();
    } finally {
      busy = undefined;
    }
  };
  const telling =
    (work: string, { host, trace }: CallContext): TellProgress =>
    (step, done, of) =>
      host.live(progressEvent({ work, step, done, of: of === 0 ? null : of, unit: "bytes" }, trace));
  const note = (
    { host, trace, span }: CallContext,
    kind: string,
    data: Readonly<Record<string, string | number>>,
  ) => host.record({ kind, subject: "backup", data, trace, span });
  const leave = (how: () => void) => {
    leaving = true;
    setTimeout(how, ANSWER_MS);
  };

  /** The folder of a backup. @throws FieldworkError `not_found` */
  const folderOf = async (name: string): Promise<string> => {
    const folder = join(home, "backups", name);
    const found = await lstat(folder).catch(() => undefined);
    if (found?.isDirectory() && existsSync(join(folder, BACKUP_FILE))) return folder;
    throw new FieldworkError("not_found", `There is no backup ${name}.`, {
      remedy: "Look which there are.",
      action: ACTIONS.see_backups(),
    });
  };

  const prepare = async (name: string, context: CallContext) => {
    const tell = telling("system.restore", context);
    const { next, kept } = restorePlaces(home, new Date());
    const folder = await folderOf(name);
    try {
      const staged = await runWork<Staged>({ what: "stage", folder, next }, context.signal, tell);
      if (staged.data_format < DATA_FORMAT) {
        tell("Bringing it to the form of this program", 0, 0);
        await migrate(root, next);
      }
      context.signal.throwIfAborted();
      tell("Starting it once to see that it runs", 0, 0);
      await tryOut(root, next);
      for (const left of LEFT_OUT) await rm(join(next, left), { recursive: true, force: true });
      context.signal.throwIfAborted();
      await markRestored(next, kept);
      await note(context, "system.restoring", { name, kept });
      await stageSwap(home, next, kept);
      return { kept, files: staged.files, created_at: staged.created_at };
    } catch (error) {
      await rm(next, { recursive: true, force: true });
      throw error;
    }
  };

  return defineModule({
    id: "backup",
    summary: "Backups of the home, putting one back, restarting.",
    provides: [
      provide(capability("backup.list"), (_, { signal }) =>
        runWork<{ backups: BackupInfo[] }>({ what: "list", home }, signal, () => {}),
      ),
      provide(capability("backup.locate"), async ({ name }) => ({ path: await folderOf(name) })),
      provide(capability("backup.delete"), (args, context) =>
        alone("deleting a backup", async () => {
          const folder = await folderOf(args.name);
          const going = join(dirname(folder), `.${args.name}.deleting`);
          await rm(going, { recursive: true, force: true });
          await rename(folder, going);
          await note(context, "system.backup_deleted", { name: args.name });
          await rm(going, { recursive: true, force: true });
          return { ok: true as const };
        }),
      ),
      provide(capability("system.backup"), ({ to }, context) =>
        alone("making a backup", async () => {
          await note(context, "system.backup_begun", {});
          const made = await runWork<{ path: string; bytes: number; files: number }>(
            { what: "create", home, to },
            context.signal,
            telling("system.backup", context),
          );
          await note(context, "system.backup", made);
          return made;
        }),
      ),
      provide(capability("system.restore"), ({ name }, context) =>
        alone("restoring a backup", async () => {
          const prepared = await prepare(name, context);
          leave(service.restart);
          return { restarting: true as const, ...prepared };
        }),
      ),
      provide(capability("system.restart"), (_, context) =>
        alone("restarting", async () => {
          await note(context, "system.restarting", {});
          leave(service.restart);
          return { restarting: true as const };
        }),
      ),
      // Never refused: work under way is cut off, and leaves nothing.
      provide(capability("system.stop"), () => {
        leave(service.stop);
        return { stopping: true as const };
      }),
    ],
    async start(host) {
      const { exchanged } = service;
      if (exchanged !== undefined)
        host.append({
          kind: exchanged.ok ? "system.restored" : "system.restore_failed",
          subject: "backup",
          data: exchanged.ok ? {} : { problem: exchanged.problem },
          trace: "start",
          span: "start",
        });
      await clearLeftovers(home);
    },
  });
}

/** What a death in the middle left behind; whoever works here without the server holds the home. */
async function clearLeftovers(home: string): Promise<void> {
  const remove = async (folder: string, left: RegExp) => {
    // What cannot be removed now is tried again at the next start.
    for (const name of await readdir(folder).catch(() => []))
      if (left.test(name))
        await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  };
  await remove(join(home, "backups"), /^\..*\.(partial-\d+|deleting)$/);
  await remove(
    dirname(home),
    new RegExp(`^${RegExp.escape(basename(home))}\\.restoring-\\d{4}-\\d{2}-\\d{2}T[\\d-]+Z(-\\d+)?$`),
  );
}
