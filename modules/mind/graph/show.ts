import type { Database, GraphShown, Row } from "#contract";
import { idOf } from "../memories/identity.ts";
import { keyOf, toFact } from "./graph.ts";

export interface Showing {
  readonly around: string | undefined;
  readonly depth: number;
  /** Milliseconds since 1970. */
  readonly asOf: number;
  /** Also facts that hold no longer, or not yet. */
  readonly ended: boolean;
  /** Names at most. */
  readonly limit: number;
}

/** The best connected names are looked for among so many facts, the newest. */
const FACTS_READ_MOST = 10_000;
const EDGES_MOST = 4000;
const EDGES_OF_NAME = 4;
const BATCH = 500;
const CONTRADICTS_MOST = 10;
const QUOTE_CHARS = 240;

const HOLDS = "(?1 OR (valid_from <= ?2 AND (valid_to IS NULL OR valid_to > ?2)))";
const names = (keys: Iterable<string>): string => JSON.stringify([...keys]);
const others = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Facts as a picture: around one name, step by step, or between the best connected names. Gives way to others in between. */
export async function showGraph(db: () => Database, showing: Showing): Promise<GraphShown> {
  const { limit, ended, asOf } = showing;
  const { distances, more } = await (showing.around === undefined ? busiest : around)(db, showing);
  const most = Math.min(EDGES_MOST, limit * EDGES_OF_NAME);
  const rows = db()
    .sql(
      `SELECT * FROM mind_fact WHERE subject_key IN (SELECT value FROM json_each(?3)) AND object_key IN (SELECT value FROM json_each(?3))
         AND ${HOLDS} ORDER BY valid_from DESC, id DESC LIMIT ?4`,
    )
    .all(Number(ended), asOf, names(distances.keys()), most + 1);
  const shown = rows.slice(0, most);
  const edges: GraphShown["edges"] = [];
  for (let at = 0; at < shown.length; at += BATCH) {
    await others();
    edges.push(...edgesOf(db(), shown.slice(at, at + BATCH)));
  }
  return { nodes: nodesOf(distances, edges), edges, truncated: more || rows.length > most };
}

interface Chosen {
  /** Names by their keys, with their steps from the one asked about. */
  readonly distances: ReadonlyMap<string, number>;
  readonly more: boolean;
}

/** The best connected names, and what they are joined to. */
async function busiest(db: () => Database, showing: Showing): Promise<Chosen> {
  const { ended, asOf, limit } = showing;
  const seeds = db()
    .sql(
      `WITH known AS (SELECT subject_key, object_key FROM mind_fact WHERE ${HOLDS} ORDER BY id DESC LIMIT ${FACTS_READ_MOST})
       SELECT name FROM (SELECT subject_key AS name FROM known UNION ALL SELECT object_key FROM known)
       GROUP BY name ORDER BY count(*) DESC, name LIMIT ?3`,
    )
    .all(Number(ended), asOf, limit + 1)
    .map(({ name }) => String(name));
  const found = new Map<string, number>();
  // Each with its neighbours while there is room: names without what joins them are no picture.
  for (const name of seeds) {
    if (found.size >= limit) break;
    found.set(name, 0);
    await spread(db, [name], { ...showing, depth: 1 }, found);
  }
  return {
    distances: new Map([...found.keys()].map((name) => [name, 0])),
    more: seeds.some((name) => !found.has(name)),
  };
}

async function around(db: () => Database, showing: Showing): Promise<Chosen> {
  const key = keyOf(showing.around as string);
  const distances = new Map<string, number>();
  const known = db()
    .sql("SELECT 1 FROM mind_fact WHERE subject_key = ?1 OR object_key = ?1 LIMIT 1")
    .get(key);
  if (!known) return { distances, more: false };
  distances.set(key, 0);
  return { distances, more: await spread(db, [key], showing, distances) };
}

/** Adds the names that some names are joined to, step by step. @returns whether there are more than fit */
async function spread(
  db: () => Database,
  from: readonly string[],
  { depth, ended, asOf, limit }: Showing,
  found: Map<string, number>,
): Promise<boolean> {
  let edge = from;
  let more = false;
  for (let step = 1; step <= depth && edge.length > 0; step++) {
    await others();
    const rows = db()
      .sql(
        `SELECT subject_key, object_key FROM mind_fact WHERE (subject_key IN (SELECT value FROM json_each(?3))
           OR object_key IN (SELECT value FROM json_each(?3))) AND ${HOLDS} ORDER BY valid_from DESC, id DESC LIMIT ${EDGES_MOST}`,
      )
      .all(Number(ended), asOf, names(edge));
    const next: string[] = [];
    for (const key of rows.flatMap((row) => [String(row.subject_key), String(row.object_key)])) {
      if (found.has(key)) continue;
      if (found.size >= limit) more = true;
      else {
        found.set(key, step);
        next.push(key);
      }
    }
    edge = next;
  }
  return more;
}

function edgesOf(db: Database, rows: readonly Row[]): GraphShown["edges"] {
  const ids = JSON.stringify(rows.map(({ id }) => Number(id)));
  const contradicted = Map.groupBy(
    db
      .sql(
        `SELECT f.id AS newer, o.* FROM mind_fact f JOIN mind_fact o
           ON o.subject_key = f.subject_key AND o.predicate_key = f.predicate_key AND o.valid_to = f.valid_from AND o.object_key <> f.object_key
         WHERE f.id IN (SELECT value FROM json_each(?)) ORDER BY o.id DESC`,
      )
      .all(ids),
    ({ newer }) => Number(newer),
  );
  const memories = new Map(
    db
      .sql(
        `SELECT id, substr(content, 1, ${QUOTE_CHARS}) AS content FROM mind_memory WHERE id IN
           (SELECT CAST(substr(source, 2) AS INTEGER) FROM mind_fact WHERE id IN (SELECT value FROM json_each(?)) AND source GLOB 'm[1-9]*')`,
      )
      .all(ids)
      .map((row) => [idOf("memory", row.id), String(row.content)]),
  );
  return rows.map((row) => {
    const fact = toFact(row);
    const content = fact.source === null ? undefined : memories.get(fact.source);
    return {
      ...fact,
      from: String(row.subject_key),
      to: String(row.object_key),
      tainted: row.tainted === 1,
      memory: content === undefined ? null : { id: fact.source as string, content },
      contradicts: (contradicted.get(Number(row.id)) ?? []).slice(0, CONTRADICTS_MOST).map(toFact),
    };
  });
}

/** The nearest and best connected first; each under the name its newest fact gives it. */
function nodesOf(distances: ReadonlyMap<string, number>, edges: GraphShown["edges"]): GraphShown["nodes"] {
  const written = new Map<string, string>();
  const degrees = new Map<string, number>();
  for (const { from, to, subject, object } of edges)
    for (const [key, name] of [
      [from, subject],
      [to, object],
    ] as const) {
      if (!written.has(key)) written.set(key, name);
      degrees.set(key, (degrees.get(key) ?? 0) + 1);
    }
  return [...distances]
    .map(([id, distance]) => ({ id, name: written.get(id) ?? id, degree: degrees.get(id) ?? 0, distance }))
    .sort((a, b) => a.distance - b.distance || b.degree - a.degree);
}
