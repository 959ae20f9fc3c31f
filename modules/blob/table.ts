import { join } from "node:path";
import { FieldworkError, type Host, type Migration } from "#contract";

/**
 * In the kernel's database. `bound`: a message referred to it; what was uploaded and never sent goes after a while. `path`: where the
 * copy lies in the agent's workspace.
 */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
CREATE TABLE blob_blob (
  hash TEXT PRIMARY KEY, size INTEGER NOT NULL, type TEXT NOT NULL, at INTEGER NOT NULL, bound INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE blob_ref (
  agent TEXT NOT NULL, session TEXT NOT NULL, hash TEXT NOT NULL, path TEXT NOT NULL,
  PRIMARY KEY (agent, session, hash, path)) STRICT, WITHOUT ROWID;
CREATE INDEX blob_ref_hash ON blob_ref (hash, agent);
`,
  },
];

export interface Blob {
  readonly size: number;
  readonly type: string;
}

export const folderOf = (host: Host): string => host.folder("blobs");
/** Only for a hash that was checked to be one. */
export const pathOf = (host: Host, hash: string): string => join(folderOf(host), hash);

/** @throws FieldworkError `not_found` */
export function blobOf(host: Host, hash: string): Blob {
  const row = host.database().sql("SELECT size, type FROM blob_blob WHERE hash = ?").get(hash);
  if (!row)
    throw new FieldworkError("not_found", `There is no blob ${hash}.`, {
      remedy: "Upload the file with POST /api/blobs, and send it within an hour.",
    });
  return { size: Number(row.size), type: String(row.type) };
}

/** Did it come with a message to this module? */
export const sharesOf = (host: Host, agent: string, hash: string): boolean =>
  host.database().sql("SELECT 1 FROM blob_ref WHERE hash = ? AND agent = ? LIMIT 1").get(hash, agent) !==
  undefined;

export const forgetModule = (host: Host, agent: string): void =>
  void host.database().sql("DELETE FROM blob_ref WHERE agent = ?").run(agent);
