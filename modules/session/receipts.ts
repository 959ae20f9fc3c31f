import type { Database, Event, Host, TurnCompletion, TurnReceipt } from "#contract";

const hashOf = (value: unknown): string => (typeof value === "string" ? value : "");
const iso = (at: number): string => new Date(at).toISOString();

/** What the journal has of a turn since the last entry that named any of it. */
function since(
  host: Host,
  state: Database,
  session: string,
  turn: string,
  column: "receipts" | "completions",
  kind: string,
): readonly Event[] {
  const row = state
    .sql(
      `SELECT max(json_extract(${column}, '$[#-1].seq')) AS seq FROM session_entry WHERE session = ? AND turn = ? AND ${column} IS NOT NULL`,
    )
    .get(session, turn);
  return host.events({ trace: turn, kind, after: Number(row?.seq ?? 0) });
}

/**
 * The tools that were called in a turn since its last entry, read from the journal: a module cannot claim a call by writing it
 * into its own conversation.
 */
export const newReceipts = (host: Host, state: Database, session: string, turn: string): TurnReceipt[] =>
  since(host, state, session, turn, "receipts", "tool.replied").map(({ seq, at, hash, subject, data }) => ({
    seq,
    hash,
    args_hash: hashOf(data.args_hash ?? data.args),
    result_hash: hashOf(data.result_hash ?? data.result),
    tool: subject ?? "",
    ok: data.ok !== false,
    at: iso(at),
    ...(typeof data.call === "string" ? { call: data.call } : {}),
    ...(typeof data.ms === "number" ? { ms: data.ms } : {}),
    ...(typeof data.code === "string" ? { code: data.code } : {}),
    ...(data.tainted === true ? { tainted: true } : {}),
  }));

/** The answers of models in a turn since its last entry, read from the journal as the receipts are. */
export const newCompletions = (
  host: Host,
  state: Database,
  session: string,
  turn: string,
): TurnCompletion[] =>
  since(host, state, session, turn, "completions", "llm.replied").map(({ seq, at, subject, data }) => {
    const number = (value: unknown): number => (typeof value === "number" ? value : 0);
    return {
      seq,
      at: iso(at),
      ok: data.ok !== false,
      model: subject ?? "",
      cost_usd: typeof data.cost_usd === "number" ? data.cost_usd : null,
      ms: number(data.ms),
      ...(typeof data.provider === "string" ? { provider: data.provider } : {}),
      ...(typeof data.finish === "string" ? { finish: data.finish as TurnCompletion["finish"] } : {}),
      ...(typeof data.first_ms === "number" ? { first_ms: data.first_ms } : {}),
      ...(typeof data.code === "string" ? { code: data.code } : {}),
      ...(typeof data.input_tokens === "number"
        ? {
            usage: {
              input_tokens: data.input_tokens,
              output_tokens: number(data.output_tokens),
              cache_read_tokens: number(data.cache_read_tokens),
              cache_write_tokens: number(data.cache_write_tokens),
              thinking_tokens: number(data.thinking_tokens),
            },
          }
        : {}),
    };
  });
