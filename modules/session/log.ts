import {
  type Database,
  estimateMessageTokens,
  FieldworkError,
  type LlmMessage,
  type LlmUsage,
  type Row,
  type SessionEntry,
  type TurnCompletion,
  type TurnReceipt,
} from "#contract";
import { index as indexSaid } from "./search/index.ts";
import { titleOf } from "./title.ts";

const ENTRY_MAX_CHARS = 8 * 1024 * 1024;
/** What one reading of a log gives at most, in characters, so that it passes every border. */
const READ_MAX_CHARS = 12 * 1024 * 1024;

export interface Addition {
  readonly session: string;
  readonly messages: readonly LlmMessage[];
  readonly at: string;
  readonly turn: string | null;
  readonly key: string | null;
  readonly tainted: (message: LlmMessage) => boolean;
  readonly usage: LlmUsage | undefined;
  /** A summary of all up to this entry. */
  readonly covers: number | undefined;
  readonly receipts: readonly TurnReceipt[];
  readonly completions: readonly TurnCompletion[];
  /** How the message that opens a turn came; of its first entry. */
  readonly opened?: Opened | undefined;
}

/** What the kernel stamped on the message that a turn handles. */
export type Opened = Pick<SessionEntry, "attachments" | "source" | "user">;

export interface Added {
  readonly last: number;
  readonly tokens: number;
  /** The conversation began with this. */
  readonly created: boolean;
  /** The numbers given; empty where the key was known. */
  readonly numbers: readonly number[];
}

/** Adds entries, all or none. @throws FieldworkError `invalid_input`, `too_large` */
export function append(state: Database, addition: Addition): Added {
  return state.transaction(() => {
    const { session, turn, key, at } = addition;
    const known = state
      .sql("SELECT title, entries, superseded, covers FROM session_session WHERE id = ?")
      .get(session);
    const before = Number(known?.entries ?? 0);
    if (turn !== null && key !== null) {
      const same = state
        .sql("SELECT sum(tokens) AS tokens FROM session_entry WHERE session = ? AND turn = ? AND key = ?")
        .get(session, turn, key);
      if (same?.tokens != null)
        return { last: before, tokens: Number(same.tokens), created: false, numbers: [] };
    }
    if (before === 0 || (before === Number(known?.superseded) && hasOwnTitle(state, session, known?.title))) {
      const first = addition.messages.find(({ role }) => role === "user") ?? addition.messages[0];
      state
        .sql(
          "INSERT INTO session_session VALUES (?, ?, ?, ?, 0, 0, 0, 0, NULL, 0) ON CONFLICT (id) DO UPDATE SET title = excluded.title",
        )
        .run(session, first ? titleOf(first) : "", at, at);
    }
    let n = before;
    let tokens = 0;
    const insert = state.sql(
      "INSERT INTO session_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
    );
    const summary = addition.covers !== undefined;
    addition.messages.forEach((message, index) => {
      const lastOne = index === addition.messages.length - 1;
      const text = JSON.stringify(message);
      if (text.length > ENTRY_MAX_CHARS)
        throw new FieldworkError("too_large", `An entry may have ${ENTRY_MAX_CHARS} characters.`);
      const size = estimateMessageTokens(message);
      if (addition.covers !== undefined)
        checkSummary(state, session, addition.covers, size, Number(known?.covers ?? 0));
      tokens += size;
      insert.run(
        session,
        ++n,
        at,
        summary ? "summary" : "message",
        turn,
        key,
        addition.tainted(message) ? 1 : 0,
        size,
        lastOne && addition.usage ? JSON.stringify(addition.usage) : null,
        addition.covers ?? null,
        lastOne && addition.receipts.length > 0 ? JSON.stringify(addition.receipts) : null,
        text,
        lastOne && addition.completions.length > 0 ? JSON.stringify(addition.completions) : null,
        index === 0 && addition.opened ? JSON.stringify(addition.opened) : null,
      );
      if (!summary) indexSaid(state, session, n, message);
    });
    state
      .sql("UPDATE session_session SET entries = ?, last_at = ?, covers = max(covers, ?) WHERE id = ?")
      .run(n, at, addition.covers ?? 0, session);
    return {
      last: n,
      tokens,
      created: before === 0,
      numbers: addition.messages.map((_, index) => before + index + 1),
    };
  });
}

/** After all was rewound, a title that came from what was rewound goes with it; one that the owner gave stays. */
function hasOwnTitle(state: Database, session: string, title: unknown): boolean {
  const row = state
    .sql(
      "SELECT message FROM session_entry WHERE session = ? AND json_extract(message, '$.role') = 'user' ORDER BY n DESC LIMIT 100",
    )
    .all(session);
  return row.some(({ message }) => titleOf(JSON.parse(String(message)) as LlmMessage) === title);
}

/** A summary covers more than the one before, and is shorter than all that it tells. */
function checkSummary(state: Database, session: string, upto: number, size: number, covered: number): void {
  const last = Number(
    state.sql("SELECT max(n) AS n FROM session_entry WHERE session = ? AND superseded = 0").get(session)?.n ??
      0,
  );
  if (upto <= covered || upto > last) {
    throw new FieldworkError(
      "invalid_input",
      `A summary up to entry ${upto} covers nothing new: ${covered} are covered, ${last} are there.`,
    );
  }
  const told = Number(
    state
      .sql(
        "SELECT sum(tokens) AS tokens FROM session_entry WHERE session = ? AND superseded = 0 AND ((kind = 'message' AND n > ? AND n <= ?) OR (kind = 'summary' AND covers = ?))",
      )
      .get(session, covered, upto, covered)?.tokens ?? 0,
  );
  if (size >= told) {
    throw new FieldworkError(
      "invalid_input",
      `The summary takes ${size} tokens, what it covers only ${told}: it must be shorter.`,
    );
  }
}

export interface Range {
  readonly after: number;
  readonly limit: number;
  readonly before?: number | undefined;
  /** The last ones instead of the first ones. */
  readonly newest: boolean;
  /** Those that were rewound too. */
  readonly superseded?: boolean;
}

/** Entries oldest first; fewer than asked for where they would be too large together. */
export function read(
  state: Database,
  session: string,
  { after, before = Number.MAX_SAFE_INTEGER, limit, newest, superseded = false }: Range,
): SessionEntry[] {
  const order = newest ? "DESC" : "ASC";
  const which = superseded ? "" : "AND superseded = 0";
  const sizes = state
    .sql(
      `SELECT n, length(message) AS size FROM session_entry WHERE session = ? AND n > ? AND n < ? ${which} ORDER BY n ${order} LIMIT ?`,
    )
    .all(session, after, before, limit);
  let chars = 0;
  const fitting = sizes.filter((row, index) => {
    chars += Number(row.size);
    return index === 0 || chars <= READ_MAX_CHARS;
  });
  if (fitting.length === 0) return [];
  const numbers = fitting.map((row) => Number(row.n));
  return state
    .sql(`SELECT * FROM session_entry WHERE session = ? AND n BETWEEN ? AND ? ${which} ORDER BY n`)
    .all(session, Math.min(...numbers), Math.max(...numbers))
    .map(toEntry);
}

/** The summary that covers most. */
export function latestSummary(state: Database, session: string): SessionEntry | undefined {
  const row = state
    .sql(
      "SELECT * FROM session_entry WHERE session = ? AND kind = 'summary' AND superseded = 0 ORDER BY covers DESC, n DESC LIMIT 1",
    )
    .get(session);
  return row && toEntry(row);
}

export function toEntry(row: Row): SessionEntry {
  return {
    n: Number(row.n),
    at: String(row.at),
    kind: row.kind as SessionEntry["kind"],
    message: JSON.parse(String(row.message)) as LlmMessage,
    turn: row.turn as string | null,
    tainted: row.tainted === 1,
    tokens: Number(row.tokens),
    ...(row.usage === null ? {} : { usage: JSON.parse(String(row.usage)) as LlmUsage }),
    ...(row.covers === null ? {} : { covers: Number(row.covers) }),
    ...(row.receipts === null ? {} : { receipts: JSON.parse(String(row.receipts)) as TurnReceipt[] }),
    ...(row.completions === null
      ? {}
      : { completions: JSON.parse(String(row.completions)) as TurnCompletion[] }),
    ...(row.opened === null ? {} : (JSON.parse(String(row.opened)) as Opened)),
    ...(row.superseded === 1 ? { superseded: true as const } : {}),
  };
}
