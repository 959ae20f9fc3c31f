import type { CallContext, Database, Hit, Host, JsonValue, NewMemory } from "#contract";
import { createIdleDreams } from "./dream/idle.ts";
import { type Added, addMemory } from "./memories/add.ts";
import { type Change, type Edited, editMemory } from "./memories/edit.ts";
import { createEmbedding } from "./memories/embedding.ts";
import { hitsOf } from "./memories/hit.ts";
import { momentOf, nowOf } from "./memories/identity.ts";
import { speakersIn } from "./memories/spoken.ts";
import { createRecall } from "./recall/recall.ts";

/** What runs beside the calls: the recall thread, the embedder, dreams. */
export const recall = createRecall();
export const embedding = createEmbedding();
export const idleDreams = createIdleDreams();

/** After so long in one go others get their turn. */
const STRETCH_MS = 8;

type Call = (cap: string, args: JsonValue) => Promise<JsonValue>;
export interface Searching {
  readonly query: string;
  readonly k: number;
  readonly wing?: string | undefined;
  readonly kind?: string | undefined;
  readonly as_of?: string | undefined;
  readonly min_score?: number | undefined;
}

/** Searches the memories of an agent on the recall thread. */
export async function searchMemories(
  agent: string,
  asked: Searching,
  { db, call, now }: { readonly db: () => Database; readonly call: Call; readonly now: number },
): Promise<Hit[]> {
  embedding.want(agent);
  const { query, k, wing, kind, as_of, min_score = 0 } = asked;
  const vector = await embedding.ofQuery(call, query);
  const found = await recall.search(db().path, { query, k, now, asOf: momentOf(as_of), wing, kind }, vector);
  return hitsOf(
    db(),
    found.filter(({ score }) => score >= min_score),
  );
}

/** Keeps memories of an agent, in stretches that leave the event loop free; their vectors follow by themselves. */
export async function addMemories(
  host: Host,
  agent: string,
  memories: readonly NewMemory[],
  { db, session, tainted }: { readonly db: () => Database } & Pick<CallContext, "session" | "tainted">,
): Promise<Added[]> {
  const done: Added[] = [];
  const now = nowOf(host);
  const circumstances = {
    now,
    session,
    tainted,
    speakers: speakersIn(memories.map(({ content }) => content)),
    together: memories.length > 1,
  };
  while (done.length < memories.length) {
    const until = performance.now() + STRETCH_MS;
    const state = db();
    state.transaction(() => {
      do done.push(addMemory(state, memories[done.length] as NewMemory, circumstances));
      while (done.length < memories.length && performance.now() < until);
    });
    if (done.length < memories.length) await new Promise((resolve) => setImmediate(resolve));
  }
  const fresh = done.filter(({ added }) => added).length;
  if (fresh > 0) {
    idleDreams.remembered(agent, now, fresh);
    embedding.want(agent);
  }
  await db().durable();
  return done;
}

/** The owner's correction of a memory; the vector of a new wording follows by itself. */
export function correctMemory(
  host: Host,
  agent: string,
  id: string,
  change: Change,
  tainted: boolean,
): Edited {
  const edited = editMemory(host.stateOf(agent), id, change, { now: nowOf(host), tainted });
  if (edited.superseded !== null) embedding.want(agent);
  return edited;
}
