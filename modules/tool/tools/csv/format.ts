import { z } from "zod";
import { defineTool } from "#contract";
import { textOfRows } from "./rows.ts";

const field = z.union([z.string().max(100_000), z.number(), z.boolean(), z.null()]);

export const formatCsv = defineTool({
  name: "csv.format",
  version: 1,
  title: "Write CSV",
  summary: "Write rows as comma separated values, quoted where needed.",
  keywords: "table export spreadsheet excel tsv create make tabelle schreiben exportieren exportar exporter",
  input: z.object({
    columns: z
      .array(z.string().max(1000))
      .max(1000)
      .default([])
      .describe("Names of the columns, for a heading"),
    rows: z.array(z.array(field).max(1000)).max(10_000).describe("Fields by row"),
    separator: z.string().min(1).max(3).default(",").describe("Between fields"),
  }),
  output: z.object({ text: z.string().describe("The CSV text") }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [{ columns: ["name", "price"], rows: [["tea, black", 3.5]] }],
  run({ columns, rows, separator }) {
    const texts = rows.map((row) => row.map((one) => (one === null ? "" : String(one))));
    return Promise.resolve({ text: textOfRows(columns.length > 0 ? [columns, ...texts] : texts, separator) });
  },
});
