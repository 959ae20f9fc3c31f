import { type CallContext, capability, type Provider, provide } from "#contract";
import { readDiary, writeDiary } from "./diary/diary.ts";
import { addFact, queryFacts } from "./graph/graph.ts";
import { occasionOf } from "./lessons/history.ts";
import { recallLessons } from "./lessons/recall.ts";
import { feedback, learn } from "./lessons/table.ts";
import { forget, settle } from "./memories/forget.ts";
import { momentOf, nowOf, numberOf } from "./memories/identity.ts";
import { addMemories, recall, searchMemories } from "./parts.ts";
import { addTodo, listTodos, setTodo } from "./todo/todo.ts";

/** What was read comes from outside: the turn is marked with it. */
function given<T>(context: CallContext, tainted: boolean, result: T): T {
  if (tainted) context.taint();
  return result;
}

/** What an agent does with its own mind. */
export const agentProviders: readonly Provider[] = [
  provide(capability("store.brain.add"), async (memory, context) => {
    const { caller, host, session, tainted } = context;
    const [added] = await addMemories(host, caller.id, [memory], {
      db: () => context.state(),
      session,
      tainted,
    });
    return added as { id: string; added: boolean };
  }),
  provide(capability("store.brain.search"), async (asked, context) => {
    const { caller, host } = context;
    const hits = await searchMemories(caller.id, asked, {
      db: () => context.state(),
      call: (cap, args) => context.call(cap, args),
      now: nowOf(host),
    });
    return given(
      context,
      hits.some(({ tainted }) => tainted),
      { hits, count: hits.length },
    );
  }),
  provide(capability("store.brain.forget"), async ({ id }, context) => {
    const { forgotten, traces } = forget(context.state(), [numberOf("memory", id)]);
    await settle(() => context.state(), traces, recall);
    return { forgotten };
  }),
  provide(capability("mind.lesson.add"), async (lesson, context) => {
    const { host } = context;
    const learned = learn(context.state(), lesson, occasionOf(context), context.tainted);
    host.append({
      kind: "lesson.learned",
      subject: learned.id,
      data: { agent: context.caller.id, hits: learned.hits, code: lesson.code ?? null },
      trace: context.trace,
      span: context.span,
    });
    await context.state().durable();
    return learned;
  }),
  provide(capability("mind.lesson.recall"), ({ situation, k }, context) => {
    const found = recallLessons(context.state(), situation, k, nowOf(context.host));
    return given(
      context,
      found.some(({ tainted }) => tainted),
      { lessons: found.map(({ lesson }) => lesson) },
    );
  }),
  provide(capability("mind.lesson.feedback"), ({ id, helped }, context) => ({
    karma: feedback(context.state(), id, helped, occasionOf(context)),
  })),
  provide(capability("mind.graph.add"), async ({ valid_from, ...fact }, context) => {
    const validFrom = momentOf(valid_from) ?? nowOf(context.host);
    const stated = addFact(context.state(), {
      ...fact,
      source: fact.source,
      validFrom,
      tainted: context.tainted,
      session: context.session,
    });
    await context.state().durable();
    return stated;
  }),
  provide(capability("mind.graph.query"), ({ about, predicate, depth, as_of, limit }, context) => {
    const asOf = momentOf(as_of) ?? nowOf(context.host);
    const { facts, tainted } = queryFacts(context.state(), { about, predicate, depth, asOf, limit });
    return given(context, tainted, { facts });
  }),
  provide(capability("mind.diary.write"), async ({ text, day }, context) => {
    const id = writeDiary(context.state(), text, day, nowOf(context.host), context);
    await context.state().durable();
    return { id };
  }),
  provide(capability("mind.diary.read"), ({ from, to, limit }, context) => {
    const { entries, tainted } = readDiary(context.state(), from, to, limit);
    return given(context, tainted, { entries });
  }),
  provide(capability("mind.todo.add"), async ({ text, due_at }, context) => {
    const id = addTodo(context.state(), text, momentOf(due_at), nowOf(context.host), context);
    await context.state().durable();
    return { id };
  }),
  provide(capability("mind.todo.list"), ({ all }, context) => {
    const { todos, tainted } = listTodos(context.state(), all);
    return given(context, tainted, { todos });
  }),
  provide(capability("mind.todo.set"), async ({ id, ...change }, context) => {
    setTodo(context.state(), id, change, nowOf(context.host), context.tainted);
    await context.state().durable();
    return { ok: true as const };
  }),
];
