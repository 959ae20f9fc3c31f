import { capability, FieldworkError, type Provider, provide } from "#contract";
import { forgetAll, matching, ofSession, settle, tracesOf } from "../memories/forget.ts";
import { forgetKept } from "../memories/forget-session.ts";
import { idOf, momentOf, nowOf, numberOf } from "../memories/identity.ts";
import { listMemories } from "../memories/list.ts";
import { showMemory } from "../memories/show.ts";
import { addMemories, correctMemory, recall, searchMemories } from "../parts.ts";
import { deleteLog } from "./conversation.ts";
import { stateOf } from "./state.ts";

const momentOrNull = (text: string | null | undefined): number | null | undefined =>
  text === null ? null : momentOf(text);

/** What the owner tells is trusted, whatever the session it is told in. */
export const memoryProviders: readonly Provider[] = [
  provide(capability("memory.add"), async ({ agent, memories }, context) => {
    const { host } = context;
    const told = { db: stateOf(context, agent), session: undefined, tainted: context.tainted };
    const done = await addMemories(host, agent, memories, told);
    return { added: done.filter(({ added }) => added).length, ids: done.map(({ id }) => id) };
  }),
  provide(capability("memory.search"), async ({ agent, ...asked }, context) => {
    const hits = await searchMemories(agent, asked, {
      db: stateOf(context, agent),
      call: context.host.call,
      now: nowOf(context.host),
    });
    return { hits, count: hits.length };
  }),
  provide(
    capability("memory.list"),
    async ({ agent, limit, before, wing, room, kind, session, tainted, as_of, current }, context) => {
      const from = before === undefined ? undefined : numberOf("memory", before);
      const wanted = { wing, room, kind, session, tainted, asOf: momentOf(as_of), current };
      const { hits, next } = await listMemories(stateOf(context, agent), wanted, limit, from);
      return { hits, count: hits.length, next: next === undefined ? null : idOf("memory", next) };
    },
  ),
  provide(capability("memory.show"), ({ agent, id }, context) => showMemory(context.host.stateOf(agent), id)),
  provide(capability("memory.edit"), async ({ agent, id, valid_from, valid_until, ...change }, context) => {
    const { host, trace, span } = context;
    const edited = correctMemory(
      host,
      agent,
      id,
      { ...change, validFrom: momentOf(valid_from), validUntil: momentOrNull(valid_until) },
      context.tainted,
    );
    const changed = Object.entries({ ...change, valid_from, valid_until }).flatMap(([name, value]) =>
      value === undefined ? [] : [name],
    );
    host.append({
      kind: "memory.edited",
      subject: edited.id,
      data: { agent, superseded: edited.superseded, changed },
      trace,
      span,
    });
    await host.stateOf(agent).durable();
    return edited;
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
    const gone = await forgetAll(stateOf(context, agent), named);
    const kept = session === undefined ? undefined : forgetKept(context.host.stateOf(agent), session);
    const traces = [...gone.traces, ...(kept?.texts.flatMap(tracesOf) ?? [])];
    await settle(stateOf(context, agent), traces, recall);
    return { forgotten: gone.forgotten + (kept?.forgotten ?? 0) };
  }),
];
