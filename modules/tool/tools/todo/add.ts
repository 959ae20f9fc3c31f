import { z } from "zod";
import { defineTool } from "#contract";

export const addTodo = defineTool({
  name: "todo.add",
  version: 1,
  title: "Add to the to-do list",
  summary: "Put something that is to be done on the list, with a due time where there is one.",
  keywords:
    "task reminder to-do checklist pending shopping aufgabe hinzufügen liste tarea pendiente tâche à faire",
  input: z.object({
    text: z.string().min(1).max(2000).describe("What is to be done"),
    due_at: z.iso.datetime().optional().describe("Until when, ISO 8601 in UTC"),
  }),
  output: z.object({ id: z.string().describe("Id, for todo.done") }),
  needs: ["mind.todo.add"],
  effect: "write",
  runs: "server",
  examples: [{ text: "Buy seeds", due_at: "2026-05-03T08:00:00Z" }],
  run: async (entry, place) => (await place.call("mind.todo.add", entry)) as never,
});
