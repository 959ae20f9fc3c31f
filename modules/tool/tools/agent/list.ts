import { z } from "zod";
import { defineTool } from "#contract";

interface Module {
  readonly id: string;
  readonly kind: string;
  readonly display_name: string;
  readonly description: string;
  readonly functions: readonly { readonly name: string; readonly description: string }[];
}

export const listAgents = defineTool({
  name: "agent.list",
  version: 1,
  title: "List other agents",
  summary: "The other agents there are and what they can be asked.",
  keywords: "who else colleagues modules team helpers available agenten andere agentes autres agents",
  input: z.object({
    kind: z.string().max(32).default("agent").describe("agent, group, tool or another kind of module"),
  }),
  output: z.object({
    agents: z
      .array(
        z.object({
          id: z.string().describe("Id, for agent.ask"),
          name: z.string().describe("Its name"),
          description: z.string().describe("What it is for"),
          functions: z.array(z.string()).describe("What it can be asked besides free text"),
        }),
      )
      .describe("All that are ready"),
  }),
  needs: ["registry.list"],
  effect: "read",
  runs: "server",
  examples: [{}],
  async run({ kind }, place) {
    const { modules } = (await place.call("registry.list", { kind })) as unknown as {
      readonly modules: readonly Module[];
    };
    return {
      agents: modules.map(({ id, display_name, description, functions }) => ({
        id,
        name: display_name,
        description,
        functions: functions.map(
          (one) => `${one.name}${one.description === "" ? "" : `: ${one.description}`}`,
        ),
      })),
    };
  },
});
