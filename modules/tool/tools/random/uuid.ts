import { randomUUID } from "node:crypto";
import { z } from "zod";
import { defineTool } from "#contract";

export const randomIds = defineTool({
  name: "random.uuid",
  version: 1,
  title: "Make a unique id",
  summary: "New random ids (UUID version 4).",
  keywords: "guid unique identifier generate key id eindeutig kennung identificador único",
  input: z.object({ count: z.int().min(1).max(1000).default(1).describe("How many") }),
  output: z.object({ ids: z.array(z.string()).describe("The ids") }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [{ count: 2 }],
  run: ({ count }) => Promise.resolve({ ids: Array.from({ length: count }, () => randomUUID()) }),
});
