import { z } from "zod";
import { defineTool } from "#contract";
import { guessSeparator, rowsOf } from "./rows.ts";

export const parseCsv = defineTool({
  name: "csv.parse",
  version: 1,
  title: "Read CSV",
  summary: "Read comma separated values as rows or, with a heading, as records.",
  keywords: "table spreadsheet excel tsv semicolon columns comma tabelle einlesen hoja tableau",
  input: z.object({
    text: z.string().max(400_000).describe("The CSV text"),
    separator: z.string().min(1).max(3).optional().describe("Between fields; guessed from the first line"),
    heading: z.boolean().default(true).describe("The first row has the names of the columns"),
    from: z.int().min(1).default(1).describe("First row to give, from 1, without the heading"),
    limit: z.int().min(1).max(10_000).default(1000).describe("How many rows at most"),
  }),
  output: z.object({
    columns: z.array(z.string()).describe("Names of the columns; empty without a heading"),
    rows: z.array(z.array(z.string())).describe("Fields by row, in the order of the columns"),
    total: z.int().describe("How many rows there are"),
    separator: z.string().describe("The separator used"),
  }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [{ text: 'name,note\ntea,"hot, black"\n' }],
  run({ text, separator = guessSeparator(text), heading, from, limit }, place) {
    const all = rowsOf(text, separator);
    const columns = heading ? (all.shift() ?? []) : [];
    const rows = all.slice(from - 1, from - 1 + limit);
    if (from - 1 + rows.length < all.length)
      place.note(`There are more rows; go on with from ${from + rows.length}.`);
    return Promise.resolve({ columns, rows, total: all.length, separator });
  },
});
