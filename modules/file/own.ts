import { createHash } from "node:crypto";
import { type BigIntStats, fstatSync } from "node:fs";
import { lstat } from "node:fs/promises";
import type { CallContext, Database, Migration } from "#contract";
import type { OpenFile } from "./pin.ts";
import { readBytes } from "./transfer.ts";

/**
 * In each module's `state.db`: which contents it wrote itself while its turn had read nothing from outside. A mark is the SHA-256 of a
 * content; where only a part was written, the identity of the file as it then was. All that is in other files is somebody's.
 */
export const stateMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
CREATE TABLE file_own (mark TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX file_own_n ON file_own (n);
`,
  },
];

const MARKS_MAX = 10_000;
/** The content of a larger file is not looked at: unless it is known as it is, it is somebody's. */
const HASHED_MAX_BYTES = 16 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;
const KNOWN_MAX = 4096;
/** Files that were looked at, so that one which is read in parts is hashed once. */
const known = new Map<string, boolean>();

/** A module's own call; what a tool reads and writes in its name, the tool answers for. */
const isDirect = ({ caller, within }: CallContext): boolean =>
  caller.tier === "guest" && within === undefined;

/** What is read is marked as from outside, unless the module wrote it itself. */
export async function taintUnlessOwn(file: OpenFile, context: CallContext): Promise<void> {
  if (!isDirect(context) || context.tainted) return;
  if (!(await isOwn(file, context.state()))) context.taint();
}

/** A file was given a whole new content. */
export function wroteWhole(bytes: Uint8Array, context: CallContext): void {
  if (isDirect(context) && !context.tainted) mark(context.state(), hashOf(bytes));
}

/** Changes a part of a file: it stays the module's own if it was, and if what is written now is. */
export async function writingPart<T>(
  file: OpenFile,
  context: CallContext,
  write: () => Promise<T>,
): Promise<T> {
  if (!isDirect(context)) return write();
  const state = context.state();
  const before = identityOf(file.handle);
  const stays = !context.tainted && (await isOwn(file, state));
  const result = await write();
  const after = identityOf(file.handle);
  // The clock of a file system may stand still between two changes.
  known.delete(`${state.path} ${after}`);
  if (stays) mark(state, after, before);
  else unmark(state, after);
  return result;
}

/** A file that is moved stays whose it was, though its identity changes. */
export async function movingFile<T>(
  paths: { readonly from: string; readonly to: string },
  context: CallContext,
  move: () => Promise<T>,
): Promise<T> {
  if (!isDirect(context)) return move();
  const before = await identityAt(paths.from);
  const result = await move();
  const after =
    before !== undefined && isMarked(context.state(), before) ? await identityAt(paths.to) : undefined;
  if (after !== undefined) mark(context.state(), after, before);
  return result;
}

async function isOwn(file: OpenFile, state: Database): Promise<boolean> {
  const identity = identityOf(file.handle);
  if (identity.endsWith(":0") || isMarked(state, identity)) return true;
  const key = `${state.path} ${identity}`;
  const seen = known.get(key);
  if (seen !== undefined) return seen;
  const own = isMarked(state, (await contentHash(file.handle)) ?? "");
  if (known.size >= KNOWN_MAX) known.delete(known.keys().next().value as string);
  known.set(key, own);
  return own;
}

const identityOf = (handle: number): string => identityIn(fstatSync(handle, { bigint: true }));
const identityAt = async (path: string): Promise<string | undefined> => {
  const stats = await lstat(path, { bigint: true });
  return stats.isFile() ? identityIn(stats) : undefined;
};

/** No two contents of a file have the same: any change moves the time of its last change, which no program can set. */
const identityIn = ({ dev, ino, ctimeNs, size }: BigIntStats): string => `${dev}:${ino}:${ctimeNs}:${size}`;

async function contentHash(handle: number): Promise<string | undefined> {
  const digest = createHash("sha256");
  for (let at = 0; at <= HASHED_MAX_BYTES; at += CHUNK_BYTES) {
    const bytes = await readBytes(handle, at, CHUNK_BYTES);
    digest.update(bytes);
    if (bytes.length < CHUNK_BYTES) return digest.digest("hex");
  }
  return undefined;
}

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const isMarked = (state: Database, text: string): boolean =>
  state.sql("SELECT 1 FROM file_own WHERE mark = ?").get(text) !== undefined;
const unmark = (state: Database, text: string): void =>
  void state.sql("DELETE FROM file_own WHERE mark = ?").run(text);

function mark(state: Database, text: string, instead?: string): void {
  state.transaction(() => {
    if (instead !== undefined) unmark(state, instead);
    state
      .sql(
        "INSERT INTO file_own VALUES (?, (SELECT coalesce(max(n), 0) + 1 FROM file_own)) ON CONFLICT (mark) DO UPDATE SET n = excluded.n",
      )
      .run(text);
    state.sql("DELETE FROM file_own WHERE n <= (SELECT max(n) FROM file_own) - ?").run(MARKS_MAX);
  });
}
