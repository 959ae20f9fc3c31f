import { z } from "zod";
import { defineTool } from "#contract";

export const finishTodo = defineTool({
  name: "todo.done",
  version: 1,
  title: "Tick off a to-do",
  summary: "Mark something on the to-do list as done, or as open again.",
  keywords: "complete finish check off task reopen mark erledigt abhaken aufgabe completar terminar terminer",
  input: z.object({
    id: z.string().min(1).max(64).describe("Id from todo.list"),
    done: z.boolean().default(true).describe("false to open it again"),
  }),
  output: z.object({ ok: z.literal(true).describe("It is marked") }),
  needs: ["mind.todo.set"],
  effect: "write",
  runs: "server",
  repeatable: true,
  decisive: "id",
  examples: [{ id: "t-1" }],
  run: async (asked, place) => (await place.call("mind.todo.set", asked)) as never,
});
