import { type JsonValue, type Provider, provide, store } from "#contract";
import { checkRoom, valueText } from "./limits.ts";
import { checkName } from "./name.ts";

const [, , , , docPut, docGet, docQuery, docDelete] = store;
const QUERY_MAX_BYTES = 8 * 1024 * 1024;

const put = provide(docPut, ({ collection, id, body }, context) => {
  const text = valueText(body, context.host);
  const bytes =
    Buffer.byteLength(checkName(collection)) + Buffer.byteLength(checkName(id)) + Buffer.byteLength(text);
  const state = context.state();
  const now = state
    .sql(
      "SELECT entries, bytes, (SELECT bytes FROM store_doc WHERE collection = ? AND id = ?) AS old FROM store_usage",
    )
    .get(collection, id);
  checkRoom(now, bytes, context.host);
  state
    .sql(
      `INSERT INTO store_doc (collection, id, seq, bytes, updated_at, body, tainted)
       VALUES (?1, ?2, (SELECT coalesce(max(seq), 0) + 1 FROM store_doc WHERE collection = ?1), ?3, ?4, ?5, ?6)
       ON CONFLICT (collection, id) DO UPDATE
       SET seq = excluded.seq, bytes = excluded.bytes, updated_at = excluded.updated_at, body = excluded.body,
         tainted = excluded.tainted`,
    )
    .run(collection, id, bytes, context.host.now(), text, context.tainted ? 1 : 0);
  return { ok: true as const };
});

const get = provide(docGet, ({ collection, id }, context) => {
  const row = context
    .state()
    .sql("SELECT body, tainted FROM store_doc WHERE collection = ? AND id = ?")
    .get(checkName(collection), checkName(id));
  if (row?.tainted === 1) context.taint();
  return row ? { found: true, body: JSON.parse(row.body as string) as JsonValue } : { found: false };
});

const query = provide(docQuery, ({ collection, limit }, context) => {
  const state = context.state();
  const sizes = state
    .sql("SELECT seq, bytes FROM store_doc WHERE collection = ? ORDER BY seq DESC LIMIT ?")
    .all(checkName(collection), limit + 1);
  let bytes = 0;
  const fitting = sizes.slice(0, limit).filter((row, at) => {
    bytes += row.bytes as number;
    return at === 0 || bytes <= QUERY_MAX_BYTES;
  });
  const oldest = fitting.at(-1)?.seq;
  if (oldest === undefined) return { records: [], count: 0, truncated: sizes.length > 0 };
  const rows = state
    .sql(
      "SELECT id, updated_at, body, tainted FROM store_doc WHERE collection = ? AND seq >= ? ORDER BY seq DESC",
    )
    .all(collection, oldest);
  if (rows.some(({ tainted }) => tainted === 1)) context.taint();
  const records = rows.map((row) => ({
    id: row.id as string,
    body: JSON.parse(row.body as string) as JsonValue,
    updated_at: new Date(row.updated_at as number).toISOString(),
  }));
  return { records, count: records.length, truncated: sizes.length > fitting.length };
});

const remove = provide(docDelete, ({ collection, id }, context) => {
  context
    .state()
    .sql("DELETE FROM store_doc WHERE collection = ? AND id = ?")
    .run(checkName(collection), checkName(id));
  return { ok: true as const };
});

export const doc: readonly Provider[] = [put, get, query, remove];
