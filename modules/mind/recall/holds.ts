/** What splits a number in the index, which knows letters and digits alone: `10:30` stands there as `10` and `30`. */
const SPLITS = /[.,:/"-]+/;

/** Whether a term stands in the index only in pieces. */
export const isSplit = (term: string): boolean => SPLITS.test(term);

/** The expression of FTS5 for memories that hold a term; without phrases, which an index without positions has none of. */
export function holds(term: string): string {
  const pieces = term.split(SPLITS).filter(Boolean);
  const expression = pieces.map((piece) => `"${piece}"`).join(" AND ");
  return pieces.length === 1 ? expression : `(${expression || '""'})`;
}
