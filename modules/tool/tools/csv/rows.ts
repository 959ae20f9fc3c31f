import { FieldworkError } from "#contract";

/**
 * The rows of a text of separated values, RFC 4180: fields in quotes may hold separators, line breaks and doubled quotes.
 * @throws FieldworkError `invalid_input` where a quote is never closed
 */
export function rowsOf(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at <= text.length) {
    const { field, end } = text[at] === '"' ? quoted(text, at, separator) : bare(text, at, separator);
    row.push(field);
    at = end;
    if (text.startsWith(separator, at) && separator !== "") {
      at += separator.length;
      continue;
    }
    if (row.length > 1 || row[0] !== "" || at < text.length) rows.push(row);
    row = [];
    if (at >= text.length) break;
    at += text.startsWith("\r\n", at) ? 2 : 1;
    if (at === text.length) break;
  }
  return rows;
}

interface Field {
  readonly field: string;
  readonly end: number;
}

function bare(text: string, from: number, separator: string): Field {
  let end = from;
  while (end < text.length && text[end] !== "\n" && text[end] !== "\r" && !text.startsWith(separator, end))
    end++;
  return { field: text.slice(from, end), end };
}

function quoted(text: string, from: number, separator: string): Field {
  let field = "";
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) {
      const line = text.slice(0, from).split("\n").length;
      throw new FieldworkError("invalid_input", `The quote in line ${line} is never closed.`);
    }
    field += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      // What stands behind a closing quote belongs to the field, as spreadsheets read it.
      const rest = bare(text, quote + 1, separator);
      return { field: field + rest.field, end: rest.end };
    }
    field += '"';
    at = quote + 2;
  }
}

/** The separator that the first line seems to be written with. */
export function guessSeparator(text: string): string {
  const [first = ""] = text.split("\n", 1);
  const counted = [",", ";", "\t", "|"].map((mark) => ({ mark, count: first.split(mark).length }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).mark;
}

/** Rows as text; fields are quoted where it is needed. */
export function textOfRows(rows: readonly (readonly string[])[], separator: string): string {
  const field = (one: string) =>
    one.includes(separator) || /["\r\n]|^\s|\s$/.test(one) ? `"${one.replaceAll('"', '""')}"` : one;
  return rows.map((row) => `${row.map(field).join(separator)}\n`).join("");
}
