import type { JsonObject, JsonValue, ToolSpec } from "#contract";

/** A tool as a page of the handbook, in Markdown. */
export function toolPage(spec: ToolSpec): string {
  const { name, title, summary, effect, needs, repeatable, examples } = spec;
  const facts = [
    `Effect: ${effect}.`,
    needs.length === 0 ? "Needs no capability." : `Needs ${needs.map((need) => `\`${need}\``).join(", ")}.`,
    repeatable ? "May be run again when its outcome is unknown." : "Never run again by itself.",
  ];
  return [
    `## ${name}`,
    `**${title}.** ${summary}`,
    facts.join(" "),
    table("Argument", spec.input_schema),
    table("Result", spec.output_schema),
    ...examples.map((example) => `\`\`\`sh\nfw tool run ${name} '${shellText(example)}'\n\`\`\``),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** All tools, each with its page. */
export const toolPages = (specs: readonly ToolSpec[]): string =>
  `# Tools\n\n${specs.map(toolPage).join("\n\n")}\n`;

const shellText = (value: JsonValue): string => JSON.stringify(value).replaceAll("'", "'\\''");

function table(heading: string, { properties, required }: JsonObject): string {
  const rows = Object.entries((properties ?? {}) as JsonObject).map(([name, schema]) => {
    const one = (schema ?? {}) as JsonObject;
    const must = Array.isArray(required) && required.includes(name) ? "yes" : "";
    return `| \`${name}\` | ${cell(typeOf(one))} | ${must} | ${cell(String(one.description ?? ""))}${standard(one)} |`;
  });
  return rows.length === 0
    ? ""
    : `| ${heading} | Type | Required | |\n| --- | --- | --- | --- |\n${rows.join("\n")}`;
}

function typeOf({ type, enum: values, anyOf, items }: JsonObject): string {
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(", ");
  if (Array.isArray(anyOf)) return anyOf.map((one) => typeOf(one as JsonObject)).join(" or ");
  if (type === "array") return `list of ${typeOf((items ?? {}) as JsonObject)}`;
  return typeof type === "string" ? type : "any";
}

const standard = ({ default: value }: JsonObject): string =>
  value === undefined ? "" : ` Default: \`${cell(JSON.stringify(value))}\`.`;

const cell = (text: string): string =>
  text.replaceAll("|", "\\|").replaceAll("\n", "\\n").replaceAll("<", "&lt;");
