import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { FieldworkError } from "#contract";
import { type HomeLock, lockHome } from "../home/index.ts";
import { isAlive } from "../server/index.ts";
import { sync } from "./files.ts";

const plan = z.object({
  next: z.string(),
  kept: z.string(),
  pid: z.int(),
  /** The exchange was decided on and is still to be made, by whoever can take the home first. */
  staged: z.boolean().default(false),
});
type Plan = z.infer<typeof plan>;

const WAIT_MS = 100;
const WAIT_TIMES = 50;

/**
 * What of a home belongs to the place, not to the data, and moves along when another tree takes the place. The local token does:
 * whoever uses it finds it at the same place, and browsers know the home by its hash.
 */
const CARRIED = ["backups", "logs", "run/token"] as const;

const planPath = (home: string): string => `${home}.swap.json`;

/**
 * Puts the folder `next` in the place of the home and keeps the old one as `kept`; all three are siblings. Two renames cannot
 * be one step, so the plan is written down first: {@link finishSwap} completes it when the process dies in between.
 * @param lock  the lock on the home, given up before the exchange where an open file would hinder it
 */
export async function swapHome(home: string, next: string, kept: string, lock: HomeLock): Promise<void> {
  await writePlan(home, { next, kept, pid: process.pid, staged: false });
  if (process.platform === "win32") lock.release();
  try {
    if (existsSync(home)) await rename(home, kept);
    await rename(next, home);
  } catch (error) {
    if (!existsSync(home) && existsSync(kept)) await rename(kept, home);
    await rm(planPath(home), { force: true });
    throw new FieldworkError(
      "storage_failed",
      `The home could not be exchanged: ${(error as Error).message}`,
      {
        remedy: "Nothing was changed; see that no program uses the folder, then repeat.",
        cause: error,
      },
    );
  }
  await finish(home, kept);
}

/** Writes down that `next` is to take the place of the home as soon as nobody uses it; {@link finishSwap} does it. */
export const stageSwap = (home: string, next: string, kept: string): Promise<void> =>
  writePlan(home, { next, kept, pid: process.pid, staged: true });

async function writePlan(home: string, written: Plan): Promise<void> {
  const path = planPath(home);
  await writeFile(`${path}.new`, JSON.stringify(written), { mode: 0o600 });
  await sync(`${path}.new`);
  await rename(`${path}.new`, path);
  await sync(dirname(path));
}

/**
 * Completes a swap that was interrupted or only decided on; one that is under way is waited for. Gives whether there was one to
 * complete.
 */
export async function finishSwap(home: string): Promise<boolean> {
  for (let times = 0; existsSync(planPath(home)); times++) {
    const { next, kept, pid, staged } = readPlan(home);
    if (staged) return exchangeStaged(home, next, kept);
    if (times >= WAIT_TIMES || pid === process.pid || !isAlive(pid)) return complete(home, next, kept);
    await wait(WAIT_MS);
  }
  return false;
}

/** Where another process has the home, it is left to that one. */
async function exchangeStaged(home: string, next: string, kept: string): Promise<boolean> {
  let lock: HomeLock;
  try {
    lock = lockHome(home);
  } catch (error) {
    if (error instanceof FieldworkError && error.code === "conflict") return false;
    throw error;
  }
  try {
    if (process.platform === "win32") lock.release();
    if (existsSync(next) && existsSync(home) && !existsSync(kept)) await rename(home, kept);
    return await complete(home, next, kept);
  } catch (error) {
    if (!existsSync(home) && existsSync(kept)) await rename(kept, home);
    await rm(planPath(home), { force: true });
    throw new FieldworkError(
      "storage_failed",
      `The home could not be exchanged: ${(error as Error).message}`,
      { remedy: "Nothing was changed; see that no program uses the folder, then repeat.", cause: error },
    );
  } finally {
    lock.release();
  }
}

async function complete(home: string, next: string, kept: string): Promise<true> {
  if (!existsSync(home) && existsSync(next)) await rename(next, home);
  else if (!existsSync(home) && existsSync(kept)) await rename(kept, home);
  await finish(home, existsSync(next) ? undefined : kept);
  return true;
}

async function finish(home: string, kept: string | undefined): Promise<void> {
  for (const name of CARRIED) {
    if (kept === undefined || !existsSync(join(kept, name)) || existsSync(join(home, name))) continue;
    await mkdir(dirname(join(home, name)), { recursive: true, mode: 0o700 });
    await rename(join(kept, name), join(home, name));
  }
  await sync(dirname(home));
  await rm(planPath(home), { force: true });
}

function readPlan(home: string): z.infer<typeof plan> {
  try {
    const read = plan.parse(JSON.parse(readFileSync(planPath(home), "utf8")));
    const siblings = [read.next, read.kept].every(
      (path) => path.startsWith(`${home}.`) && dirname(path) === dirname(home),
    );
    if (siblings) return read;
  } catch {}
  throw new FieldworkError("home_invalid", `${planPath(home)} is not readable.`, {
    remedy:
      "It tells of an exchange of the home that was interrupted: see which folder beside it is the home, then delete the file.",
  });
}
