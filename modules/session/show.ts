import type { Attachment, Database, JsonObject, Row, SessionEntry, SessionTurn } from "#contract";
import { type Action, ERRORS, isErrorCode } from "#contract";
import { type Range, read } from "./log.ts";

/** A page of a conversation, and whether there is more beyond it. */
export function page(
  state: Database,
  session: string,
  range: Range,
): { readonly entries: SessionEntry[]; readonly more: boolean } {
  const entries = read(state, session, range);
  const edge = (range.newest ? entries[0] : entries.at(-1))?.n;
  if (edge === undefined) return { entries, more: false };
  const beyond: Range = range.newest
    ? { ...range, before: edge, limit: 1 }
    : { ...range, after: edge, limit: 1 };
  return { entries, more: read(state, session, beyond).length > 0 };
}

const OPEN_MOST = 100;

/** The turns of these entries, and those that wait or run, as the kernel's inbox in the same file knows them; oldest first. */
export function turnsOf(state: Database, session: string, entries: readonly SessionEntry[]): SessionTurn[] {
  const logged = new Set(entries.flatMap(({ turn }) => (turn === null ? [] : [turn])));
  const columns = `rowid, id, trace, state, at, finished_at, error, json_extract(payload, '$.text') AS text,
    json_extract(payload, '$.attachments') AS attachments, json_extract(reply, '$.finish') AS finish, json_extract(reply, '$.error') AS ended_by,
    json_extract(reply, '$.cost_usd') AS cost, json_type(reply, '$.cost_usd') AS priced, json_extract(reply, '$.usage') AS usage`;
  const settled = state
    .sql(`SELECT ${columns} FROM inbox WHERE trace IN (SELECT value FROM json_each(?)) AND session = ?`)
    .all(JSON.stringify([...logged]), session);
  const open = state
    .sql(
      `SELECT ${columns} FROM inbox WHERE state IN ('waiting', 'running') AND session = ? ORDER BY rowid LIMIT ${OPEN_MOST}`,
    )
    .all(session);
  const rows = new Map([...settled, ...open].map((row) => [Number(row.rowid), row]));
  const isLogged = (trace: string): boolean =>
    logged.has(trace) ||
    state.sql("SELECT 1 FROM session_entry WHERE session = ? AND turn = ? LIMIT 1").get(session, trace) !==
      undefined;
  return [...rows.values()]
    .sort((a, b) => Number(a.rowid) - Number(b.rowid))
    .map((row) => toTurn(row, isLogged(String(row.trace))));
}

function toTurn(row: Row, logged: boolean): SessionTurn {
  const error = errorOf(row);
  return {
    turn: String(row.trace),
    message: String(row.id),
    state: row.state as SessionTurn["state"],
    at: String(row.at),
    finished_at: row.finished_at === null ? null : String(row.finished_at),
    ...(typeof row.finish === "string" ? { finish: row.finish } : {}),
    ...(row.priced === null ? {} : { cost_usd: typeof row.cost === "number" ? row.cost : null }),
    ...(typeof row.usage === "string" ? { usage: usageOf(row.usage) } : {}),
    ...(error ? { error } : {}),
    ...(logged || typeof row.text !== "string" ? {} : { text: row.text }),
    ...(logged || typeof row.attachments !== "string"
      ? {}
      : { attachments: JSON.parse(row.attachments) as Attachment[] }),
  };
}

/** Why a turn failed, or what the standard turn ended by; that one has said so itself. */
function errorOf({ error, finish, ended_by }: Row): SessionTurn["error"] {
  if (typeof error === "string") {
    const { code, message, remedy } = JSON.parse(error) as JsonObject;
    return {
      code: String(code),
      message: String(message),
      ...(typeof remedy === "string" ? { remedy } : {}),
      ...ofCode(code),
    };
  }
  if (finish !== "error" || !isErrorCode(ended_by)) return undefined;
  return { code: ended_by, message: ERRORS[ended_by].explanation, ...ofCode(ended_by) };
}

/** An agent may put anything beside its error: what can be done is told by the code alone. */
function ofCode(code: unknown): { readonly action?: Action } {
  const known = isErrorCode(code) ? ERRORS[code].action : undefined;
  return known ? { action: known } : {};
}

/** An agent of its own making may put anything under this name. */
function usageOf(text: string): NonNullable<SessionTurn["usage"]> {
  const given = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const count = (key: string): number => {
    const value = given[key];
    return typeof value === "number" && Number.isSafeInteger(value) ? value : 0;
  };
  return {
    input_tokens: count("input_tokens"),
    output_tokens: count("output_tokens"),
    cache_read_tokens: count("cache_read_tokens"),
    cache_write_tokens: count("cache_write_tokens"),
    thinking_tokens: count("thinking_tokens"),
  };
}
