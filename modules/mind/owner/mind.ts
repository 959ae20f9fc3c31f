import { capability, type Database, type Provider, provide } from "#contract";
import { dream } from "../dream/dream.ts";
import { listInsights } from "../dream/insights.ts";
import { endFact } from "../graph/graph.ts";
import { showGraph } from "../graph/show.ts";
import { momentOf, nowOf, numberOf } from "../memories/identity.ts";
import { stateOf } from "./state.ts";

const countVectors = (db: Database, model: string | null): number =>
  Number(db.sql("SELECT count(*) AS n FROM mind_vector WHERE ?1 IS NULL OR model = ?1").get(model)?.n);

/** Facts, insights, and how much there is of all. */
export const mindProviders: readonly Provider[] = [
  provide(capability("graph.show"), ({ agent, as_of, around, ...asked }, context) =>
    showGraph(stateOf(context, agent), { ...asked, around, asOf: momentOf(as_of) ?? nowOf(context.host) }),
  ),
  provide(capability("graph.retire"), async ({ agent, id, at }, context) => {
    const { host, trace, span } = context;
    const db = host.stateOf(agent);
    endFact(db, id, momentOf(at) ?? nowOf(host));
    host.append({ kind: "fact.retired", subject: id, data: { agent }, trace, span });
    await db.durable();
    return { ok: true as const };
  }),
  provide(capability("insight.list"), ({ agent, limit, before }, context) => {
    const from = before === undefined ? undefined : numberOf("memory", before);
    const insights = listInsights(context.host.stateOf(agent), limit, from);
    return { insights, next: insights.length < limit ? null : (insights.at(-1)?.id ?? null) };
  }),
  provide(capability("mind.dream"), ({ agent, budget_usd }, context) => {
    const { host } = context;
    return dream(
      host.stateOf(agent),
      nowOf(host),
      budget_usd > 0 ? { call: (cap, args) => host.call(cap, args, context), budget_usd } : undefined,
    );
  }),
  provide(capability("mind.show"), async ({ agent }, context) => {
    const { model: embedder } = (await context.host.call("llm.embedder", {})) as { model: string | null };
    const db = context.host.stateOf(agent);
    const count = (table: string) => Number(db.sql(`SELECT count(*) AS n FROM ${table}`).get()?.n);
    const pages = Number(db.sql("PRAGMA page_count").get()?.page_count);
    const size = Number(db.sql("PRAGMA page_size").get()?.page_size);
    const memories = Number(db.sql("SELECT memories FROM mind_count").get()?.memories);
    const vectors = countVectors(db, embedder);
    return {
      memories,
      lessons: count("mind_lesson"),
      facts: count("mind_fact"),
      diary: count("mind_diary"),
      todos: count("mind_todo"),
      bytes: pages * size,
      vectors,
      without_vector: embedder === null ? 0 : memories - vectors,
      embedder,
    };
  }),
];
