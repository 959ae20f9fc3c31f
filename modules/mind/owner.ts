import {
  type CallContext,
  capability,
  type Database,
  FieldworkError,
  type Provider,
  provide,
} from "#contract";
import { doctrineOf } from "./doctrine/doctrine.ts";
import { dream } from "./dream/dream.ts";
import { learn, lessonsOf, retire } from "./lessons/table.ts";
import { type Forgotten, forget, matching, ofSession, saidIn, settle, tracesOf } from "./memories/forget.ts";
import { forgetKept, forgetRecalled } from "./memories/forget-session.ts";
import { newest } from "./memories/hit.ts";
import { nowOf, numberOf } from "./memories/identity.ts";
import { addMemories, recall, searchMemories } from "./parts.ts";
import { TRACES_MOST } from "./recall/cleanse.ts";
import { recalledOf } from "./recall/recalled.ts";

const stateOf = (context: CallContext, agent: string) => (): Database => context.host.stateOf(agent);
const FORGOTTEN_AT_ONCE = 100;
/** The standard turn keeps no more of what was said. */
const SAID_MOST_CHARS = 16_000;

/** Forgets memories in stretches that leave the event loop free. */
async function forgetAll(context: CallContext, agent: string, ids: readonly number[]): Promise<Forgotten> {
  const all = [...new Set(ids)];
  let forgotten = 0;
  const traces: string[] = [];
  for (let at = 0; at < all.length; at += FORGOTTEN_AT_ONCE) {
    const done = forget(context.host.stateOf(agent), all.slice(at, at + FORGOTTEN_AT_ONCE));
    forgotten += done.forgotten;
    for (const trace of done.traces) traces.push(trace);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { forgotten, traces };
}

/** So many of a list, from all over it. */
const spread = <T>(list: readonly T[], most: number): T[] =>
  list.filter(
    (_, at) => Math.floor((at * most) / list.length) !== Math.floor(((at - 1) * most) / list.length),
  );

/** The log of a conversation that is to be forgotten; that there is none is as good. */
async function deleteLog(context: CallContext, agent: string, session: string): Promise<void> {
  try {
    await context.call("session.delete", { agent, session, thorough: true });
  } catch (error) {
    if (!(error instanceof FieldworkError) || error.code !== "not_found") throw error;
  }
}

/** What the owner does with an agent's mind. What the owner tells is trusted, whatever the session it is told in. */
export const ownerProviders: readonly Provider[] = [
  provide(capability("memory.add"), async ({ agent, memories }, context) => {
    const { host } = context;
    const told = { session: undefined, tainted: context.tainted };
    const done = await addMemories(host, agent, memories, told);
    return { added: done.filter(({ added }) => added).length, ids: done.map(({ id }) => id) };
  }),
  provide(capability("memory.search"), async ({ agent, ...asked }, context) => {
    const hits = await searchMemories(stateOf(context, agent), asked, context.host.call, nowOf(context.host));
    return { hits, count: hits.length };
  }),
  provide(capability("memory.list"), ({ agent, limit, before }, context) => {
    const from = before === undefined ? undefined : numberOf("memory", before);
    const hits = newest(context.host.stateOf(agent), limit, from);
    return { hits, count: hits.length };
  }),
  provide(capability("memory.forget"), async ({ agent, ids, query, session }, context) => {
    if (ids === undefined && query === undefined && session === undefined)
      throw new FieldworkError("invalid_input", "Nothing says what to forget.", {
        remedy: "Give ids, a query or a session.",
      });
    if (session !== undefined) await deleteLog(context, agent, session);
    const db = context.host.stateOf(agent);
    const named = [
      ...(ids ?? []).map((id) => numberOf("memory", id)),
      ...(query === undefined ? [] : matching(db, query)),
      ...(session === undefined ? [] : ofSession(db, session)),
    ];
    const gone = await forgetAll(context, agent, named);
    let { forgotten } = gone;
    const traces = [...gone.traces];
    if (session !== undefined) {
      const kept = forgetKept(context.host.stateOf(agent), session);
      forgotten += kept.forgotten;
      traces.push(...kept.texts.flatMap(tracesOf));
    }
    await settle(stateOf(context, agent), traces, recall);
    return { forgotten };
  }),
  provide(capability("mind.unsay"), async ({ agent, session, texts }, context) => {
    const db = context.host.stateOf(agent);
    const ids = saidIn(
      db,
      session,
      texts.map((text) => text.slice(0, SAID_MOST_CHARS)),
    );
    const { forgotten } = await forgetAll(context, agent, ids);
    return { forgotten };
  }),
  provide(capability("mind.cleanse"), async ({ agent, session, texts, thorough }, context) => {
    const db = context.host.stateOf(agent);
    const noted = forgetRecalled(db, session);
    const traces = [...texts, ...noted].flatMap(tracesOf);
    const looked = thorough ? traces : spread(traces, TRACES_MOST);
    await settle(stateOf(context, agent), looked, recall);
    return { ok: true as const };
  }),
  provide(capability("mind.recalled"), ({ agent, turn }, context) =>
    recalledOf(context.host.stateOf(agent), turn),
  ),
  provide(capability("lesson.list"), ({ agent, all }, context) => ({
    lessons: lessonsOf(context.host.stateOf(agent), all),
  })),
  provide(capability("lesson.retire"), ({ agent, id, active }, context) => {
    retire(context.host.stateOf(agent), id, active);
    return { ok: true as const };
  }),
  provide(capability("lesson.add"), async ({ agent, ...lesson }, context) => {
    const db = context.host.stateOf(agent);
    const learned = learn(db, lesson, nowOf(context.host), context);
    await db.durable();
    return learned;
  }),
  provide(capability("doctrine.list"), async ({ agent }, context) => ({
    rules: [...(await doctrineOf(context.host.folderOf(agent)))],
  })),
  provide(capability("mind.dream"), ({ agent, budget_usd }, context) => {
    const { host } = context;
    return dream(host.stateOf(agent), nowOf(host), budget_usd > 0 ? host.call : undefined);
  }),
  provide(capability("mind.show"), ({ agent }, context) => {
    const db = context.host.stateOf(agent);
    const count = (table: string) => Number(db.sql(`SELECT count(*) AS n FROM ${table}`).get()?.n);
    const pages = Number(db.sql("PRAGMA page_count").get()?.page_count);
    const size = Number(db.sql("PRAGMA page_size").get()?.page_size);
    return {
      memories: Number(db.sql("SELECT memories FROM mind_count").get()?.memories),
      lessons: count("mind_lesson"),
      facts: count("mind_fact"),
      diary: count("mind_diary"),
      todos: count("mind_todo"),
      bytes: pages * size,
    };
  }),
];
