import { z } from "zod";
import { defineTool } from "#contract";

export const listTodos = defineTool({
  name: "todo.list",
  version: 1,
  title: "Show the to-do list",
  summary: "What is to be done; with `all` also what is done.",
  keywords: "tasks open pending checklist what is left aufgaben offen anzeigen tareas pendientes tâches",
  input: z.object({ all: z.boolean().default(false).describe("Also what is done") }),
  output: z.object({
    todos: z
      .array(
        z.object({
          id: z.string().describe("Id, for todo.done"),
          text: z.string().describe("What is to be done"),
          done: z.boolean().describe("It is done"),
          due_at: z.string().nullable().describe("Until when"),
        }),
      )
      .describe("What is open first"),
  }),
  needs: ["mind.todo.list"],
  effect: "read",
  runs: "server",
  examples: [{}],
  run: async (asked, place) => (await place.call("mind.todo.list", asked)) as never,
});
