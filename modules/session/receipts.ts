import type { Database, Host, TurnReceipt } from "#contract";

const hashOf = (value: unknown): string => (typeof value === "string" ? value : "");

/**
 * The tools that were called in a turn since its last entry, read from the journal: a module cannot claim a call by writing it
 * into its own conversation.
 */
export function newReceipts(host: Host, state: Database, session: string, turn: string): TurnReceipt[] {
  const row = state
    .sql(
      "SELECT max(json_extract(receipts, '$[#-1].seq')) AS seq FROM session_entry WHERE session = ? AND turn = ? AND receipts IS NOT NULL",
    )
    .get(session, turn);
  const after = Number(row?.seq ?? 0);
  return host.events({ trace: turn, kind: "tool.replied", after }).map(({ seq, hash, subject, data }) => ({
    seq,
    hash,
    args_hash: hashOf(data.args_hash ?? data.args),
    result_hash: hashOf(data.result_hash ?? data.result),
    tool: subject ?? "",
    ok: data.ok !== false,
  }));
}
