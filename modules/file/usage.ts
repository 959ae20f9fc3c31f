import { lstat, opendir, unlink } from "node:fs/promises";
import { z } from "zod";
import { FieldworkError, type Host, type Setting } from "#contract";
import { isTemporary } from "./path.ts";
import type { Place } from "./place.ts";

export const settings: readonly Setting[] = [
  {
    key: "file.workspace_max_bytes",
    summary: "How many bytes a workspace, or the shared folder, may hold.",
    schema: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
    initial: 1_073_741_824,
    unit: "bytes",
  },
  {
    key: "file.workspace_max_files",
    summary: "How many files and folders a workspace, or the shared folder, may hold.",
    schema: z.int().min(0).max(10_000_000),
    initial: 100_000,
  },
];

/** Bytes (as files show their size) and entries (files, folders, links) below a folder. */
export interface Amount {
  readonly bytes: number;
  readonly files: number;
}

interface Usage {
  bytes: number;
  files: number;
  measured_at_ms: number;
}

const KNOWN_MOST = 4096;
/** Programs may write into a workspace too, so what is known of it is measured anew after a while. */
const STALE_AFTER_MS = 600_000;
/** A full workspace is measured anew before a write is refused, but not at every refusal. */
const DOUBT_AFTER_MS = 2000;
const SCAN_ENTRIES_MOST = 10_000_000;

const known = new Map<string, Promise<Usage>>();

/**
 * Does `body`, which changes what the folder of `place` holds by at most `delta`. Nothing is counted on the machine's paths.
 * @throws FieldworkError `too_large` naming the setting.
 */
export async function withinQuota<T>(
  place: Pick<Place, "root">,
  delta: Amount,
  host: Host,
  body: () => Promise<T>,
): Promise<T> {
  if (place.root === undefined) return body();
  let usage = await usageOf(place.root, STALE_AFTER_MS);
  if (exceeded(usage, delta, host)) {
    usage = await usageOf(place.root, DOUBT_AFTER_MS);
    const setting = exceeded(usage, delta, host);
    if (setting) throw full(setting, host.setting(setting) as number);
  }
  usage.bytes += delta.bytes;
  usage.files += delta.files;
  try {
    return await body();
  } catch (error) {
    usage.bytes -= delta.bytes;
    usage.files -= delta.files;
    throw error;
  }
}

/** Counts what went away, or came without being asked for. */
export function account(place: Pick<Place, "root">, delta: Amount): void {
  if (place.root === undefined) return;
  known.get(place.root)?.then((usage) => {
    usage.bytes = Math.max(0, usage.bytes + delta.bytes);
    usage.files = Math.max(0, usage.files + delta.files);
  });
}

/** Counts what lies below a folder, or the one file; links are not followed. */
export async function measure(path: string): Promise<Amount> {
  const own = await lstat(path);
  if (!own.isDirectory()) return { bytes: own.size, files: 1 };
  const inside = await measureFolder(path);
  return { bytes: inside.bytes, files: inside.files + 1 };
}

function usageOf(root: string, older_ms: number): Promise<Usage> {
  const present = known.get(root);
  if (!present) return remember(root);
  return present.then((usage) => (Date.now() - usage.measured_at_ms > older_ms ? remember(root) : usage));
}

function remember(root: string): Promise<Usage> {
  if (known.size >= KNOWN_MOST) known.delete(known.keys().next().value ?? "");
  const measured_at_ms = Date.now();
  const usage = measureFolder(root, true).then((amount) => ({ ...amount, measured_at_ms }));
  known.set(root, usage);
  usage.catch(() => known.delete(root));
  return usage;
}

function exceeded(usage: Usage, delta: Amount, host: Host): string | undefined {
  const [bytes, files] = ["file.workspace_max_bytes", "file.workspace_max_files"] as const;
  if (delta.bytes > 0 && usage.bytes + delta.bytes > (host.setting(bytes) as number)) return bytes;
  if (delta.files > 0 && usage.files + delta.files > (host.setting(files) as number)) return files;
  return undefined;
}

function full(setting: string, limit: number): FieldworkError {
  return new FieldworkError("too_large", `The folder holds as much as it may (${setting} = ${limit}).`, {
    remedy: `Delete files that are no longer needed, or raise the setting ${setting}.`,
    details: { setting, limit },
  });
}

/** @param sweep delete what an earlier process left half written */
async function measureFolder(root: string, sweep = false): Promise<Amount> {
  let bytes = 0;
  let files = 0;
  const add = (size: number) => {
    bytes += size;
  };
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const waiting: Promise<void>[] = [];
    for await (const entry of await opendir(folder, { bufferSize: 256 }).catch(() => [])) {
      if (sweep && isTemporary(entry.name) && (await isLeftover(`${folder}/${entry.name}`))) continue;
      if (++files > SCAN_ENTRIES_MOST) return { bytes, files };
      if (entry.isDirectory()) folders.push(`${folder}/${entry.name}`);
      else waiting.push(sizeOf(`${folder}/${entry.name}`).then(add));
      if (waiting.length >= 64) await Promise.all(waiting.splice(0));
    }
    await Promise.all(waiting);
  }
  return { bytes, files };
}

async function isLeftover(path: string): Promise<boolean> {
  try {
    if ((await lstat(path)).mtimeMs >= performance.timeOrigin) return false;
    await unlink(path);
    return true;
  } catch {
    return false;
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await lstat(path)).size;
  } catch {
    return 0;
  }
}
