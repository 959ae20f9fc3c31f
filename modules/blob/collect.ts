import { unlinkSync } from "node:fs";
import { opendir, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { Host } from "#contract";
import { folderOf, pathOf } from "./table.ts";

const EVERY_MS = 10 * 60_000;
const SOON_MS = 50;
/** So long an upload may wait for its message. */
const UNSENT_MS = 60 * 60_000;
const AT_ONCE = 20;

/** Deletes what no conversation refers to, a few at a time. */
export interface Collector {
  start(host: Host): () => Promise<void>;
  /** Something was let go of. */
  soon(): void;
}

export function createCollector(): Collector {
  let host: Host | undefined;
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<void> = Promise.resolve();

  const plan = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const on = host;
      if (!on) return;
      work = collect(on, () => host === on).catch((error: Error) =>
        on.log.error(`blobs were not collected: ${error.message}`),
      );
      void work.then(() => host === on && plan(EVERY_MS));
    }, ms).unref();
  };
  return {
    start(on) {
      host = on;
      work = sweep(on).catch((error: Error) =>
        on.log.warn(`blobs were not looked through: ${error.message}`),
      );
      plan(EVERY_MS);
      return async () => {
        host = undefined;
        clearTimeout(timer);
        await work;
      };
    },
    soon() {
      if (host) plan(SOON_MS);
    },
  };
}

async function collect(host: Host, goesOn: () => boolean): Promise<void> {
  const db = host.database();
  while (goesOn()) {
    const rows = db
      .sql(
        `SELECT hash FROM blob_blob b WHERE (bound = 1 OR at < ?)
           AND NOT EXISTS (SELECT 1 FROM blob_ref r WHERE r.hash = b.hash) LIMIT ${AT_ONCE}`,
      )
      .all(Math.floor(host.now()) - UNSENT_MS);
    for (const { hash } of rows) {
      // The row goes first and with it, in the same breath, the file: who keeps the same bytes comes before both or after both.
      db.sql("DELETE FROM blob_blob WHERE hash = ?").run(String(hash));
      try {
        unlinkSync(pathOf(host, String(hash)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      }
    }
    if (rows.length < AT_ONCE) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What a crash left: files without a row, and half-written ones. */
async function sweep(host: Host): Promise<void> {
  const folder = folderOf(host);
  for await (const { name } of await opendir(folder)) {
    const path = join(folder, name);
    const known = host.database().sql("SELECT 1 FROM blob_blob WHERE hash = ?").get(name) !== undefined;
    if (known) continue;
    const stats = await stat(path).catch(() => undefined);
    if (stats?.isFile() && stats.mtimeMs < performance.timeOrigin) await unlink(path).catch(() => undefined);
  }
}
