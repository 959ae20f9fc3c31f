/** A wing or kind as one term of the index: letters and digits as they are, the rest in hexadecimal. */
export const filterTerm = (sort: "w" | "k", value: string): string =>
  `^${sort}${value.toLowerCase().replace(/[\0-\x2f\x3a-\x60\x7b-\x7f]/g, (letter) => `^${letter.charCodeAt(0).toString(16)}`)}`;

/** The kind of a thing that a memory names, as a term of the index; see `language/kinds.ts`. */
export const kindTerm = (kind: string): string => `^c${kind}`;
