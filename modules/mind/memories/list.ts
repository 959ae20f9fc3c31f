import type { Database, Hit } from "#contract";
import { memoriesOf } from "./hit.ts";

export interface Listed {
  readonly wing?: string | undefined;
  readonly room?: string | undefined;
  readonly kind?: string | undefined;
  readonly session?: string | undefined;
  readonly tainted?: boolean | undefined;
  /** Milliseconds since 1970: only what held then. */
  readonly asOf?: number | undefined;
  /** Without what a newer memory has taken the place of. */
  readonly current: boolean;
}

/** Rows looked at in one go; between two goes others get their turn. */
const STRETCH = 4000;

/**
 * Memories in the order they came, the newest first, before the one with the number `before`.
 * @returns what was found, and the number to go on before where there may be more
 */
export async function listMemories(
  db: () => Database,
  { wing, room, kind, session, tainted, asOf, current }: Listed,
  limit: number,
  before = Number.MAX_SAFE_INTEGER,
): Promise<{ readonly hits: Hit[]; readonly next: number | undefined }> {
  const found: number[] = [];
  for (let end = before; ; ) {
    const least = db()
      .sql(
        `SELECT min(id) AS least FROM (SELECT id FROM mind_memory WHERE id < ? ORDER BY id DESC LIMIT ${STRETCH})`,
      )
      .get(end)?.least;
    if (least === null || least === undefined) return { hits: memoriesOf(db(), found), next: undefined };
    const rows = db()
      .sql(
        `SELECT id FROM mind_memory WHERE id < ?1 AND id >= ?2 AND (?3 IS NULL OR wing = ?3) AND (?4 IS NULL OR room = ?4)
           AND (?5 IS NULL OR kind = ?5) AND (?6 IS NULL OR thread IN (SELECT id FROM mind_thread WHERE session = ?6))
           AND (?7 IS NULL OR tainted = ?7) AND (?8 IS NULL OR (coalesce(valid_from, at) <= ?8 AND (valid_to IS NULL OR valid_to > ?8)))
           AND (?9 = 0 OR superseded_by IS NULL) ORDER BY id DESC LIMIT ?10`,
      )
      .all(
        end,
        least,
        wing ?? null,
        room ?? null,
        kind ?? null,
        session ?? null,
        tainted === undefined ? null : Number(tainted),
        asOf ?? null,
        Number(current),
        limit - found.length,
      );
    for (const { id } of rows) found.push(Number(id));
    if (found.length >= limit) return { hits: memoriesOf(db(), found), next: found.at(-1) };
    end = Number(least);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
