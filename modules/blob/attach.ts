import type { Attachment, Host } from "#contract";
import { blobOf, pathOf } from "./table.ts";

const NAME_MAX_BYTES = 180;

/**
 * Binds blobs to a conversation and puts a copy of each into the agent's workspace. Done again, it changes nothing.
 * @throws FieldworkError `not_found` for an unknown blob or agent, `too_large` where the workspace is full
 */
export async function attach(
  host: Host,
  agent: string,
  session: string,
  attachments: readonly Attachment[],
): Promise<Attachment[]> {
  const db = host.database();
  const known = attachments.map(({ name, blob }) => ({ name: plainName(name), blob, ...blobOf(host, blob) }));
  const bound: Attachment[] = [];
  for (const { name, blob, size, type } of known) {
    // Bound before it is copied: the collector leaves it alone from now on.
    db.transaction(() => {
      db.sql("INSERT OR IGNORE INTO blob_ref VALUES (?, ?, ?, '')").run(agent, session, blob);
      db.sql("UPDATE blob_blob SET bound = 1 WHERE hash = ?").run(blob);
    });
    const { path } = (await host.call("fs.deliver", {
      to: agent,
      name,
      from: pathOf(host, blob),
      hash: blob,
    })) as { path: string };
    db.sql("INSERT OR IGNORE INTO blob_ref VALUES (?, ?, ?, ?)").run(agent, session, blob, path);
    bound.push({ name, type, size, blob, path });
  }
  await db.durable();
  return bound;
}

/** A copy of a conversation refers to what the first one does. */
export function share(host: Host, agent: string, from: string, to: string): void {
  host
    .database()
    .sql(
      "INSERT OR IGNORE INTO blob_ref SELECT agent, ?1, hash, path FROM blob_ref WHERE agent = ?2 AND session = ?3",
    )
    .run(to, agent, from);
}

/**
 * Lets go of what a conversation refers to; the copies in the workspace that nobody else refers to and that are still what was
 * delivered go too.
 */
export async function release(host: Host, agent: string, session: string): Promise<number> {
  const db = host.database();
  const released = db.transaction(() => {
    const rows = db
      .sql("DELETE FROM blob_ref WHERE agent = ? AND session = ? RETURNING hash, path")
      .all(agent, session);
    return rows.map(({ hash, path }) => ({ hash: String(hash), path: String(path) }));
  });
  for (const { hash, path } of released) {
    if (path === "") continue;
    const other = db
      .sql("SELECT 1 FROM blob_ref WHERE hash = ? AND agent = ? AND path = ? LIMIT 1")
      .get(hash, agent, path);
    if (!other) await host.call("fs.withdraw", { from: agent, path, hash });
  }
  await db.durable();
  return new Set(released.map(({ hash }) => hash)).size;
}

/** A file's name without a way to anywhere, in one line. */
function plainName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? "";
  const name = last
    .normalize("NFC")
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*[\]]/gu, "_")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  let short = name;
  while (Buffer.byteLength(short) > NAME_MAX_BYTES) {
    const dot = short.lastIndexOf(".");
    const stem = dot > 0 && short.length - dot <= 16 ? short.slice(0, dot) : short;
    short = [...stem].slice(0, -1).join("") + short.slice(stem.length);
  }
  return short === "" ? "file" : short;
}
