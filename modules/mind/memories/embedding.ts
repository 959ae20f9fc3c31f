import { type Database, FieldworkError, type Host, type JsonValue } from "#contract";
import { signsOf } from "../recall/signatures.ts";
import { packVector, type QueryVector } from "../recall/vectors.ts";

type Call = (cap: string, args: JsonValue) => Promise<JsonValue>;
interface Embedded {
  readonly vectors: readonly (readonly number[])[];
  readonly model: string;
}

const QUERY_PATIENCE_MS = 1500;
/** After a failure nothing is asked for so long, then twice as long, … */
const REST_MS = 30_000;
const REST_MOST_MS = 3_600_000;
const BATCH = 64;
const TEXT_MOST_CHARS = 8000;
const AGENTS_MOST = 10_000;
/** Failures that lie in a text: another one may do. */
const OF_TEXT = new Set(["invalid_input", "too_large", "model_context_overflow", "model_content_refused"]);

/**
 * Vectors of texts by the model the owner chose; without one, nothing is asked and all works by words alone. Memories get theirs in the
 * background, batch by batch in the order they came; how far it has come stands beside them, so that it goes on after a restart
 * when the agent is next used. Another model begins anew.
 */
export function createEmbedding() {
  let host: Host | undefined;
  let model: string | null | undefined;
  const seen = new Set<string>();
  const pending = new Set<string>();
  let working = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let queriesRestUntil = 0;

  const chosen = async (call: Call): Promise<string | null> => {
    if (model === undefined) model = ((await call("llm.embedder", {})) as { model: string | null }).model;
    return model;
  };

  const work = async (): Promise<void> => {
    if (working || timer || !host) return;
    working = true;
    try {
      while (pending.size > 0 && host) {
        const by = await chosen(host.call);
        if (by === null) return pending.clear();
        const [agent] = pending;
        if (!(await embedNext(host, agent as string, by))) pending.delete(agent as string);
        failures = 0;
      }
    } catch (error) {
      const rest = Math.min(REST_MOST_MS, REST_MS * 2 ** failures++);
      host?.log.warn(`memories get no vectors for ${rest / 1000} s: ${(error as Error).message}`);
      timer = setTimeout(() => {
        timer = undefined;
        void work();
      }, rest).unref();
    } finally {
      working = false;
    }
  };

  return {
    /** @returns what stops it */
    start(started: Host): () => void {
      host = started;
      const stop = started.onEvent("model.embedder", () => {
        model = undefined;
        failures = 0;
        queriesRestUntil = 0;
        clearTimeout(timer);
        timer = undefined;
        for (const agent of seen) pending.add(agent);
        void work();
      });
      return () => {
        stop();
        clearTimeout(timer);
        timer = undefined;
        host = undefined;
        model = undefined;
        pending.clear();
        seen.clear();
      };
    },
    /** The memories of an agent that have no vector yet get theirs, soon. */
    want(agent: string): void {
      if (seen.size < AGENTS_MOST) seen.add(agent);
      if (model === null) return;
      pending.add(agent);
      void work();
    },
    /** The vector of a query, if there is one soon enough. */
    async ofQuery(call: Call, text: string): Promise<QueryVector | undefined> {
      if (!host || model === null || Date.now() < queriesRestUntil) return undefined;
      let late: NodeJS.Timeout | undefined;
      try {
        const by = await chosen(host.call);
        if (by === null) return undefined;
        const made = await Promise.race([
          embed(call, [text], by),
          new Promise<undefined>((resolve) => {
            late = setTimeout(resolve, QUERY_PATIENCE_MS, undefined);
          }),
        ]);
        const values = made?.vectors[0];
        return made && values ? { model: made.model, values } : undefined;
      } catch {
        queriesRestUntil = Date.now() + REST_MS;
        return undefined;
      } finally {
        clearTimeout(late);
      }
    },
  };
}

async function embed(call: Call, texts: readonly string[], model: string): Promise<Embedded> {
  const input = texts.map((text) => text.slice(0, TEXT_MOST_CHARS));
  return (await call("llm.embed", { input, model })) as unknown as Embedded;
}

/** Gives the next memories of an agent their vectors. @returns whether there may be more */
async function embedNext(host: Host, agent: string, model: string): Promise<boolean> {
  let db: Database;
  try {
    db = host.stateOf(agent);
  } catch (error) {
    // Removed meanwhile.
    if (error instanceof FieldworkError) return false;
    throw error;
  }
  const known = db.sql("SELECT upto, begun FROM mind_embedded WHERE model = ?").get(model);
  const done = known?.upto ?? 0;
  const begun = known?.begun ?? Math.floor(host.now());
  const rows = db
    .sql(`SELECT id, content FROM mind_memory WHERE id > ? ORDER BY id LIMIT ${BATCH}`)
    .all(done)
    .map((row) => ({ id: Number(row.id), content: String(row.content) }));
  const last = rows.at(-1);
  if (!last) return false;
  const vectors = await vectorsOf(host.call, rows, model);
  const state = host.stateOf(agent);
  state.transaction(() => {
    for (const [place, { id }] of rows.entries()) {
      const vector = vectors[place];
      if (!vector) continue;
      const { scale, bytes } = packVector(vector);
      // What was forgotten meanwhile gets none.
      if (!state.sql("SELECT 1 FROM mind_memory WHERE id = ?").get(id)) continue;
      state.sql("INSERT OR REPLACE INTO mind_vector VALUES (?, ?, ?, ?)").run(id, model, scale, bytes);
      const signs = new Uint8Array(signsOf(vector).buffer);
      state.sql("INSERT OR REPLACE INTO mind_signature VALUES (?, ?, ?)").run(id, model, signs);
    }
    state.sql("DELETE FROM mind_embedded").run();
    state.sql("INSERT INTO mind_embedded VALUES (?, ?, ?)").run(model, last.id, begun);
  });
  return true;
}

/** The vectors of some texts; where one of them is refused, each is asked for by itself, and that one has none. */
async function vectorsOf(
  call: Call,
  rows: readonly { readonly content: string }[],
  model: string,
): Promise<readonly (readonly number[] | undefined)[]> {
  const texts = rows.map(({ content }) => content);
  try {
    return (await embed(call, texts, model)).vectors;
  } catch (error) {
    if (!(error instanceof FieldworkError) || !OF_TEXT.has(error.code)) throw error;
    if (rows.length === 1) return [undefined];
    const each: (readonly number[] | undefined)[] = [];
    for (const row of rows) each.push(...(await vectorsOf(call, [row], model)));
    return each;
  }
}
