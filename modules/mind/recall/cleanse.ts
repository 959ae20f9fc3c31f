import { closeSync, openSync, readSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const CHUNK_BYTES = 4 * 1024 * 1024;
/** Looking for more would take longer than writing the file anew. */
export const TRACES_MOST = 100;
const TRACE_MOST_BYTES = 256;

/** Writes a database file anew if one of the traces is in it, so that unused space holds nothing. @returns whether it did */
export function cleanse(path: string, traces: readonly string[]): boolean {
  if (
    traces.length <= TRACES_MOST &&
    !holds(
      path,
      traces.map((trace) => Buffer.from(trace)),
    )
  )
    return false;
  const db = new DatabaseSync(path, { timeout: 5000 });
  try {
    db.exec("PRAGMA wal_autocheckpoint = 0; PRAGMA secure_delete = ON; VACUUM");
  } finally {
    db.close();
  }
  return true;
}

function holds(path: string, traces: readonly Buffer[]): boolean {
  const file = openSync(path, "r");
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    // Chunks overlap, so that no trace is cut in two.
    for (let at = 0; ; at += CHUNK_BYTES - TRACE_MOST_BYTES) {
      const read = chunk.subarray(0, readSync(file, chunk, 0, CHUNK_BYTES, at));
      if (traces.some((trace) => read.includes(trace))) return true;
      if (read.length < CHUNK_BYTES) return false;
    }
  } finally {
    closeSync(file);
  }
}
