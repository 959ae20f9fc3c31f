import { FieldworkError, type Tool, type ToolSpec, toolNameOf } from "#contract";
import { createRanking } from "./ranking.ts";
import { specOf } from "./spec.ts";

/** All tools there are, in the order they are listed. */
export interface Catalogue {
  /** @throws FieldworkError `not_found` that names the nearest ones */
  get(name: string): Tool;
  /** A name, a function's name as models write it, or a family such as `fs` or `fs.*`; what is not known gives none. */
  named(names: readonly string[]): readonly ToolSpec[];
  all(): readonly ToolSpec[];
  search(query: string, most: number): readonly (ToolSpec & { readonly score: number })[];
}

const NEAREST = 3;

export function createCatalogue(tools: readonly Tool[]): Catalogue {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  if (byName.size !== tools.length) throw new Error("two tools have one name");
  const specs = new Map<string, ToolSpec>();
  const ranking = createRanking(tools);
  const spec = (tool: Tool): ToolSpec => specs.getOrInsertComputed(tool.name, () => specOf(tool));
  const find = (name: string): Tool | undefined => byName.get(name) ?? byName.get(toolNameOf(name));
  const family = (name: string): readonly Tool[] => {
    const prefix = `${name.replace(/\.\*$/, "")}.`;
    return tools.filter((tool) => tool.name.startsWith(prefix));
  };

  return {
    get(name) {
      const tool = find(name);
      if (tool) return tool;
      const near = ranking(name, NEAREST).map((one) => one.tool.name);
      throw new FieldworkError("not_found", `There is no tool ${name.slice(0, 128)}.`, {
        remedy: `${near.length > 0 ? `Did you mean ${near.join(", ")}? ` : ""}Find tools with tool.search.`,
        details: { near },
      });
    },
    named(names) {
      const wanted = names.flatMap((name) => {
        const tool = find(name);
        return tool ? [tool] : family(name);
      });
      return [...new Set(wanted)].map(spec);
    },
    all: () => tools.map(spec),
    search: (query, most) => ranking(query, most).map(({ tool, score }) => ({ ...spec(tool), score })),
  };
}
