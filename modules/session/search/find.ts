import type { DatabaseSync } from "node:sqlite";
import type { LlmMessage, SessionFound } from "#contract";
import { textOf } from "../title.ts";
import { excerptOf } from "./excerpt.ts";
import { fold, matchOf, placeOf, type Sought } from "./words.ts";

export interface Bounds {
  /** Conversations. */
  readonly limit: number;
  /** On the clock of `performance.now()`. */
  readonly until: number;
}
export interface Findings {
  /** The last spoken in first. */
  readonly found: readonly SessionFound[];
  /** Not everything was looked at, or there are more conversations than asked for. */
  readonly more: boolean;
}

const LOOKED_MOST = 20_000;
const PLACES_MOST = 3;

/** The conversations of an agent whose title has all the words, or in which one message says them all. */
export function findIn(
  db: DatabaseSync,
  agent: string,
  sought: readonly Sought[],
  { limit, until }: Bounds,
): Findings {
  const spoken = findSaid(db, sought, { limit, until });
  const titled = findTitled(db, sought, limit);
  const infoOf = db.prepare("SELECT title, archived, last_at FROM session_session WHERE id = ?");
  const found = [...new Set([...spoken.places.keys(), ...titled.sessions])].flatMap(
    (session): SessionFound[] => {
      const info = infoOf.get(session);
      return info
        ? [
            {
              agent,
              session,
              title: String(info.title),
              archived: info.archived === 1,
              last_at: String(info.last_at),
              places: spoken.places.get(session) ?? [],
            },
          ]
        : [];
    },
  );
  return first(found, limit, spoken.more || titled.more);
}

/** The last spoken in first, as many as asked for. */
export function first(found: readonly SessionFound[], limit: number, more: boolean): Findings {
  const sorted = [...found].sort((a, b) => (a.last_at < b.last_at ? 1 : -1));
  return { found: sorted.slice(0, limit), more: more || sorted.length > limit };
}

/** What was said, the newest first, and of each conversation a few places. */
function findSaid(db: DatabaseSync, sought: readonly Sought[], { limit, until }: Bounds) {
  const places = new Map<string, SessionFound["places"]>();
  const entryOf = db.prepare(
    "SELECT at, message FROM session_entry WHERE session = ? AND n = ? AND superseded = 0",
  );
  const rows = db
    .prepare(
      `SELECT s.session, s.n FROM session_said_fts f CROSS JOIN session_said s ON s.id = f.rowid
         WHERE session_said_fts MATCH ? ORDER BY f.rowid DESC LIMIT ${LOOKED_MOST + 1}`,
    )
    .iterate(matchOf(sought));
  let looked = 0;
  for (const { session: id, n } of rows) {
    if (++looked > LOOKED_MOST || performance.now() > until) return { places, more: true };
    const session = String(id);
    const known = places.get(session);
    if (known && known.length >= PLACES_MOST) continue;
    const entry = entryOf.get(session, Number(n));
    if (!entry) continue;
    const message = JSON.parse(String(entry.message)) as LlmMessage;
    const excerpt = excerptOf(fold(textOf(message)), sought);
    if (!excerpt) continue;
    if (!known && places.size >= limit) return { places, more: true };
    const place = {
      n: Number(n),
      at: String(entry.at),
      who: message.role === "user" ? ("user" as const) : ("agent" as const),
      excerpt: excerpt.text,
      marks: excerpt.marks.map(({ from, to }) => ({ from, to })),
    };
    places.set(session, [...(known ?? []), place]);
  }
  return { places, more: false };
}

function findTitled(db: DatabaseSync, sought: readonly Sought[], limit: number) {
  const sessions: string[] = [];
  for (const { id, title } of db
    .prepare("SELECT id, title FROM session_session WHERE entries > superseded ORDER BY last_at DESC")
    .iterate()) {
    const { text } = fold(String(title));
    if (sought.some((piece) => placeOf(text, piece) < 0)) continue;
    if (sessions.length >= limit) return { sessions, more: true };
    sessions.push(String(id));
  }
  return { sessions, more: false };
}
