import { type JsonValue, type Provider, provide, store } from "#contract";
import { checkRoom, valueText } from "./limits.ts";
import { checkName } from "./name.ts";
import { afterPrefix } from "./prefix.ts";

const [kvGet, kvSet, kvDelete, kvList] = store;
const LIST_MOST = 1000;

const get = provide(kvGet, ({ k }, context) => {
  const row = context.state().sql("SELECT v, tainted FROM store_kv WHERE k = ?").get(checkName(k));
  if (!row) return { value: null, found: false };
  if (row.tainted === 1) context.taint();
  return { value: JSON.parse(row.v as string) as JsonValue, found: true };
});

const set = provide(kvSet, ({ k, v }, context) => {
  const text = valueText(v, context.host);
  const bytes = Buffer.byteLength(checkName(k)) + Buffer.byteLength(text);
  const state = context.state();
  const now = state
    .sql("SELECT entries, bytes, (SELECT bytes FROM store_kv WHERE k = ?) AS old FROM store_usage")
    .get(k);
  checkRoom(now, bytes, context.host);
  const tainted = context.tainted ? 1 : 0;
  if (now?.old === null)
    state.sql("INSERT INTO store_kv (k, bytes, v, tainted) VALUES (?, ?, ?, ?)").run(k, bytes, text, tainted);
  else if (now?.old === bytes)
    state.sql("UPDATE store_kv SET v = ?, tainted = ? WHERE k = ?").run(text, tainted, k);
  else
    state.sql("UPDATE store_kv SET bytes = ?, v = ?, tainted = ? WHERE k = ?").run(bytes, text, tainted, k);
  return { ok: true as const };
});

const remove = provide(kvDelete, ({ k }, context) => {
  context.state().sql("DELETE FROM store_kv WHERE k = ?").run(checkName(k));
  return { ok: true as const };
});

const list = provide(kvList, ({ prefix, after }, context) => {
  checkName(prefix);
  const end = afterPrefix(prefix);
  // The prefix itself may be a key, so it is inside the range unless `after` has passed it.
  const [compare, start] = after !== undefined && checkName(after) >= prefix ? [">", after] : [">=", prefix];
  const state = context.state();
  const rows =
    end === undefined
      ? state
          .sql(`SELECT k, tainted FROM store_kv WHERE k ${compare} ? ORDER BY k LIMIT ?`)
          .all(start, LIST_MOST + 1)
      : state
          .sql(`SELECT k, tainted FROM store_kv WHERE k ${compare} ? AND k < ? ORDER BY k LIMIT ?`)
          .all(start, end, LIST_MOST + 1);
  const given = rows.slice(0, LIST_MOST);
  // A key is a text like any other.
  if (given.some(({ tainted }) => tainted === 1)) context.taint();
  const keys = given.map((row) => row.k as string);
  return { keys, truncated: rows.length > LIST_MOST };
});

export const kv: readonly Provider[] = [get, set, remove, list];
