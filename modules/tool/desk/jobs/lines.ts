export interface LinesJob {
  readonly text: string;
  readonly separator: string;
  readonly contains?: string | undefined;
  readonly without?: string | undefined;
  readonly trim: boolean;
  readonly unique: boolean;
  readonly sort: "none" | "up" | "down";
  /** Of the parts that are left: the first to give, from 1, and how many. */
  readonly from: number;
  readonly limit: number;
}

/** A text in parts: filtered, each once, sorted. */
export function lines(job: LinesJob): { readonly lines: string[]; readonly total: number } {
  const { text, separator, contains, without } = job;
  let parts = text.split(separator);
  if (separator === "\n") {
    parts = parts.map((part) => part.replace(/\r$/, ""));
    if (parts.at(-1) === "") parts.pop();
  }
  if (job.trim) parts = parts.map((part) => part.trim()).filter((part) => part !== "");
  if (contains !== undefined) parts = parts.filter((part) => part.includes(contains));
  if (without !== undefined) parts = parts.filter((part) => !part.includes(without));
  if (job.unique) parts = [...new Set(parts)];
  if (job.sort !== "none") {
    const { compare } = new Intl.Collator("und", { numeric: true });
    parts.sort(job.sort === "up" ? compare : (a, b) => compare(b, a));
  }
  return { lines: parts.slice(job.from - 1, job.from - 1 + job.limit), total: parts.length };
}
