import { dim, type Line, oneLine, type Span, type Text } from "./text.ts";
import { cutTo, padTo, widthOf } from "./width.ts";

const GAP = "  ";
const NARROWEST = 6;

/**
 * Rows in aligned columns under their titles. Where the table is wider than `width` columns, its widest columns are cut,
 * never below a few characters.
 * @param none  what is said where there are no rows; without it the titles stand alone
 */
export function table(
  titles: readonly string[],
  rows: readonly (readonly Span[])[],
  width: number,
  none?: string,
): Text {
  if (none !== undefined && rows.length === 0) return [none];
  const texts = [titles, ...rows].map((row) => row.map(cellText));
  const widths = fitted(
    titles.map((_, column) => texts.reduce((most, row) => Math.max(most, widthOf(row[column] ?? "")), 0)),
    width - GAP.length * (titles.length - 1),
  );
  const line = (cells: readonly Span[]): readonly Span[] => {
    const last = cells.findLastIndex((cell) => cellText(cell) !== "");
    return cells.slice(0, last + 1).map((cell, column) => {
      const columnWidth = widths[column] ?? 0;
      const cut = cutTo(cellText(cell), columnWidth);
      const text = column === last ? cut : padTo(cut, columnWidth) + GAP;
      return typeof cell === "string" ? text : { text, style: cell.style };
    });
  };
  const head: Line = line(titles.map((title) => dim(title)));
  return [head, ...rows.map(line)];
}

/** `name  value` lines with the values aligned. */
export function fields(pairs: readonly (readonly [name: string, value: Span])[]): Text {
  const width = Math.max(0, ...pairs.map(([name]) => widthOf(name)));
  return pairs.map(([name, value]) => [dim(padTo(name, width) + GAP), value]);
}

const cellText = (cell: Span): string => oneLine(typeof cell === "string" ? cell : cell.text);

function fitted(natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, one) => sum + one, 0) - width;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.indexOf(widest)] = widest - 1;
    excess--;
  }
  return widths;
}
