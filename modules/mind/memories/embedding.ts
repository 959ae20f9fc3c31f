import type { Database, JsonValue } from "#contract";
import type { QueryVector } from "../recall/vectors.ts";
import { packVector } from "../recall/vectors.ts";

type Call = (cap: string, args: JsonValue) => Promise<JsonValue>;
interface Embedded {
  readonly vectors: readonly (readonly number[])[];
  readonly model: string;
}

/** Without an embedder nothing is asked again for so long. */
const REST_MS = 60_000;
const QUERY_PATIENCE_MS = 1500;
const BATCH = 64;
const TEXT_MOST = 8000;

/** Vectors of texts where an embedder is configured; without one, all works by words alone. */
export function createEmbedding(now: () => number) {
  let restsUntil = 0;

  const embed = async (call: Call, texts: readonly string[]): Promise<Embedded | undefined> => {
    if (now() < restsUntil) return undefined;
    try {
      return (await call("llm.embed", {
        input: texts.map((text) => text.slice(0, TEXT_MOST)),
      })) as unknown as Embedded;
    } catch {
      restsUntil = now() + REST_MS;
      return undefined;
    }
  };

  return {
    /** The vector of a query, if there is one soon enough. */
    async ofQuery(call: Call, text: string): Promise<QueryVector | undefined> {
      if (now() < restsUntil) return undefined;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(resolve, QUERY_PATIENCE_MS, undefined);
      });
      const made = await Promise.race([embed(call, [text]), late]);
      clearTimeout(timer);
      const values = made?.vectors[0];
      return made && values ? { model: made.model, values } : undefined;
    },
    /** Gives memories their vectors. What was forgotten meanwhile gets none. */
    async keep(
      call: Call,
      db: () => Database,
      memories: readonly { readonly id: number; readonly content: string }[],
    ): Promise<void> {
      for (let at = 0; at < memories.length; at += BATCH) {
        const batch = memories.slice(at, at + BATCH);
        const made = await embed(
          call,
          batch.map(({ content }) => content),
        );
        if (!made) return;
        const state = db();
        state.transaction(() => {
          for (const [place, { id }] of batch.entries()) {
            const vector = made.vectors[place];
            if (!vector) continue;
            const { scale, bytes } = packVector(vector);
            state
              .sql("INSERT OR REPLACE INTO mind_vector SELECT id, ?2, ?3, ?4 FROM mind_memory WHERE id = ?1")
              .run(id, made.model, scale, bytes);
          }
        });
      }
    },
  };
}
export type Embedding = ReturnType<typeof createEmbedding>;
