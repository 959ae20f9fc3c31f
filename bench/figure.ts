/** One measured thing beside what it should be and what the machine can do at best. */
export interface Figure {
  readonly what: string;
  readonly aim: string;
  readonly measured: string;
  /** Measured in the same run. */
  readonly baseline: string;
  readonly met: boolean;
}

/** A Markdown table, which reads well in a terminal too. */
export function table(figures: readonly Figure[]): string {
  const rows = [
    ["what", "aim", "measured", "baseline"],
    ...figures.map((one) => [
      one.what,
      one.aim,
      one.met ? one.measured : `${one.measured} (missed)`,
      one.baseline,
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [line(rows[0] as string[]), rule, ...rows.slice(1).map(line)].join("\n");
}

/** What a bench ends with: its figures as a table, or as JSON for `bench/index.ts`. */
export function show(figures: readonly Figure[]): void {
  console.log(process.argv.includes("--json") ? JSON.stringify(figures) : table(figures));
}
