import type { Database, Row } from "#contract";
import { BUILTIN, type Model } from "./model.ts";

/** The models there are, and which are used. */
export interface ModelTable {
  /** As listed: by name, `builtin` last. */
  all(): Model[];
  get(name: string): Model | undefined;
  put(model: Model): void;
  remove(name: string): boolean;
  /** Removes it, also from among the candidates in use. */
  forget(name: string): void;
  /** The candidates of an agent, or of the system where it is ""; in order. */
  chosen(agent: string): readonly string[];
  /** No candidates: the choice is taken back. */
  choose(agent: string, candidates: readonly string[]): void;
  /** Every choice there is, that of the system ("") first. */
  choices(): { agent: string; candidates: string[] }[];
  /** Is it a candidate of the system or of any agent? */
  inUse(name: string): boolean;
  transaction<T>(body: () => T): T;
}

export function createModelTable(db: Database, now: () => number): ModelTable {
  const split = (text: unknown): string[] =>
    String(text ?? "")
      .split(",")
      .filter(Boolean);
  return {
    all: () => [...db.sql("SELECT * FROM models ORDER BY name").all().map(toModel), BUILTIN],
    get: (name) => {
      if (name === BUILTIN.name) return BUILTIN;
      const row = db.sql("SELECT * FROM models WHERE name = ?").get(name);
      return row && toModel(row);
    },
    put(model) {
      db.sql(
        "INSERT INTO models VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET dialect = excluded.dialect, base_url = excluded.base_url, model = excluded.model, has_key = excluded.has_key, detected = excluded.detected, embeds = excluded.embeds, context_tokens = excluded.context_tokens, input_usd = excluded.input_usd, output_usd = excluded.output_usd, cache_read_usd = excluded.cache_read_usd, cache_write_usd = excluded.cache_write_usd",
      ).run(
        model.name,
        model.dialect,
        model.base_url,
        model.model,
        model.has_key ? 1 : 0,
        model.detected ? 1 : 0,
        model.embeds ? 1 : 0,
        model.context_tokens,
        model.input_usd,
        model.output_usd,
        model.cache_read_usd,
        model.cache_write_usd,
        Math.round(now()),
      );
    },
    forget: (name) =>
      db.transaction(() => {
        db.sql("DELETE FROM models WHERE name = ?").run(name);
        for (const { agent, candidates } of db.sql("SELECT * FROM chosen").all()) {
          const left = split(candidates).filter((one) => one !== name);
          if (left.length === 0) db.sql("DELETE FROM chosen WHERE agent = ?").run(agent as string);
          else
            db.sql("UPDATE chosen SET candidates = ? WHERE agent = ?").run(left.join(","), agent as string);
        }
      }),
    remove: (name) => db.sql("DELETE FROM models WHERE name = ?").run(name).changes > 0,
    chosen: (agent) => split(db.sql("SELECT candidates FROM chosen WHERE agent = ?").get(agent)?.candidates),
    choose(agent, candidates) {
      if (candidates.length === 0) db.sql("DELETE FROM chosen WHERE agent = ?").run(agent);
      else
        db.sql(
          "INSERT INTO chosen VALUES (?, ?) ON CONFLICT (agent) DO UPDATE SET candidates = excluded.candidates",
        ).run(agent, candidates.join(","));
    },
    choices: () =>
      db
        .sql("SELECT agent, candidates FROM chosen ORDER BY agent")
        .all()
        .map((row) => ({ agent: String(row.agent), candidates: split(row.candidates) })),
    inUse: (name) =>
      db
        .sql("SELECT candidates FROM chosen")
        .all()
        .some(({ candidates }) => split(candidates).includes(name)),
    transaction: db.transaction,
  };
}

function toModel(row: Row): Model {
  const number = (value: unknown) => (value === null || value === undefined ? null : Number(value));
  return {
    name: String(row.name),
    dialect: row.dialect as Model["dialect"],
    base_url: String(row.base_url),
    model: String(row.model),
    has_key: row.has_key === 1,
    detected: row.detected === 1,
    embeds: row.embeds === 1,
    context_tokens: number(row.context_tokens),
    input_usd: number(row.input_usd),
    output_usd: number(row.output_usd),
    cache_read_usd: number(row.cache_read_usd),
    cache_write_usd: number(row.cache_write_usd),
  };
}
