import type { Tool } from "#contract";
import { TOOLS } from "../../modules/tool/tools/index.ts";
import { inputTable, wrapped } from "./fields.ts";
import { code, fenced, generatedPage, markdownTable } from "./markdown.ts";
import { shapeOf } from "./shape.ts";

/** Every tool of the catalogue. */
export function toolPage(): string {
  const families = Map.groupBy(TOOLS, familyOf);
  return generatedPage(
    "Tools",
    `There are ${TOOLS.length} tools built in. An agent's model is told of those its manifest names under \`tools\` (names, or ` +
      "families such as `fs`), and finds the others with `tool.search`. A tool has no rights of its own: what it needs is " +
      "checked with the grants of the agent that runs it. `outside` marks tools whose output comes from outside the owner.",
    markdownTable(
      ["tool", "effect", "what it does"],
      TOOLS.map((tool) => [`[${code(tool.name)}](#${anchor(tool.name)})`, tool.effect, tool.summary]),
    ),
    ...[...families].flatMap(([family, members]) => [`## ${family}`, ...members.map(section)]),
  );
}

const familyOf = ({ name }: Tool): string => name.split(".")[0] ?? name;
const anchor = (name: string): string => name.replaceAll(".", "");

function section(tool: Tool): string {
  const needs = tool.needs.length === 0 ? "nothing" : tool.needs.map(code).join(", ");
  const outside = tool.taints ? " · outside" : "";
  return [
    `### ${tool.name}`,
    `**${tool.title}.** ${tool.summary}`,
    `Effect: ${tool.effect} · needs: ${needs}${outside}`,
    inputTable(shapeOf(tool.input, "input")),
    fenced("ts", `→ ${wrapped(shapeOf(tool.output, "output"))}`),
    fenced(
      "sh",
      (tool.examples ?? []).map((example) => `fw tool run ${tool.name} ${shellText(example)}`).join("\n"),
    ),
  ].join("\n\n");
}

const shellText = (value: unknown): string => `'${JSON.stringify(value).replaceAll("'", "'\\''")}'`;
