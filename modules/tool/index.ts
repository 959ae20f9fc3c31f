/**
 * `tool.*`: the catalogue of tools, each declared once; an agent runs them in its own name, under its own grants.
 * @module
 */
import { z } from "zod";
import {
  type CallContext,
  capability,
  defineModule,
  type JsonObject,
  provide,
  type Setting,
  type Tool,
} from "#contract";
import { createCatalogue, declaredTools } from "./catalogue/index.ts";
import { stateMigrations } from "./changes.ts";
import { closeDesk } from "./desk/index.ts";
import { type Asked, mayRepeat, runTool } from "./run/index.ts";
import { TOOLS, useTool } from "./tools/index.ts";

const catalogue = createCatalogue(TOOLS);

/** `tool.use` stands for the tool it names: one call, one receipt, in the name of what is done. */
function find(asked: Asked): { readonly tool: Tool; readonly args: JsonObject } {
  const tool = catalogue.get(asked.name);
  if (tool.name !== useTool.name) return { tool, args: asked.args };
  const meant = useTool.input.safeParse(asked.args);
  if (!meant.success) return { tool, args: asked.args };
  const { name, args } = meant.data as { readonly name: string; readonly args: JsonObject };
  return { tool: catalogue.get(name), args };
}

const settings: readonly Setting[] = [
  {
    key: "tool.output_max_chars",
    summary: "How many characters of a tool's output an agent is given; the rest is cut with a note.",
    schema: z.int().min(1000).max(4_000_000),
    initial: 48_000,
    unit: "characters",
  },
];

const declaredOf = ({ caller, host }: CallContext): readonly string[] =>
  caller.tier === "guest" || caller.tier === "shared"
    ? (host.toolsOf(caller.id) ?? declaredTools(host.folderOf(caller.id)))
    : declaredTools(undefined);

export default defineModule({
  id: "tool",
  summary: "The catalogue of tools, and running one.",
  settings,
  stateMigrations,
  provides: [
    provide(capability("tool.specs"), ({ names, all }, context) => ({
      tools: [...(all ? catalogue.all() : catalogue.named(names ?? declaredOf(context)))],
    })),
    provide(capability("tool.search"), ({ query, k }) => ({ tools: [...catalogue.search(query, k)] })),
    provide(capability("tool.run"), {
      repeatable: (asked) => mayRepeat(find, asked),
      run: ({ name, args, session, call }, context) =>
        runTool(find, { name, args, call }, context.session ?? session, context),
    }),
  ],
  start: () => closeDesk,
});
