import { capability, type Provider, provide } from "#contract";
import { readDiary } from "../diary/diary.ts";
import { nowOf } from "../memories/identity.ts";
import { listTodos, setTodo } from "../todo/todo.ts";

/** The diary and the to-do list. */
export const noteProviders: readonly Provider[] = [
  provide(capability("diary.list"), ({ agent, from, to, limit }, context) => ({
    entries: readDiary(context.host.stateOf(agent), from, to, limit).entries,
  })),
  provide(capability("todo.list"), ({ agent, all }, context) => ({
    todos: listTodos(context.host.stateOf(agent), all).todos,
  })),
  provide(capability("todo.set"), async ({ agent, id, ...change }, context) => {
    const db = context.host.stateOf(agent);
    setTodo(db, id, change, nowOf(context.host), false);
    await db.durable();
    return { ok: true as const };
  }),
];
