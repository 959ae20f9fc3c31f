/** What stands at the head of every generated page, so that nobody mends it by hand. */
export const generatedPage = (title: string, ...parts: readonly string[]): string =>
  `${[`# ${title}`, "<!-- Written by `node docs/generate.ts`. Change the source, not this page. -->", ...parts].join("\n\n")}\n`;

/** A table with its columns padded, the way the formatter leaves it. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(cell));
  const widths = head.map((_, at) => Math.max(3, ...cells.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((text, at) => text.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const [top = [], ...below] = cells;
  return [line(top), line(widths.map((width) => "-".repeat(width))), ...below.map(line)].join("\n");
}

export const code = (text: string): string => `\`${text}\``;

export const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
