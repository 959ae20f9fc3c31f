import { FieldworkError, type Host } from "#contract";

/** What the mind keeps, each with a letter of its own before its number. */
export type Sort = "memory" | "lesson" | "fact" | "diary" | "todo";
const LETTERS: Readonly<Record<Sort, string>> = {
  memory: "m",
  lesson: "l",
  fact: "f",
  diary: "d",
  todo: "t",
};

export const idOf = (sort: Sort, id: unknown): string => `${LETTERS[sort]}${Number(id)}`;

/** @throws FieldworkError `not_found` for what is no id of this sort. */
export function numberOf(sort: Sort, id: string): number {
  const number = /^[a-z]([1-9]\d{0,15})$/.exec(id)?.[1];
  if (number === undefined || id[0] !== LETTERS[sort])
    throw new FieldworkError("not_found", `There is no ${sort} with the id ${id}.`);
  return Number(number);
}

export const iso = (at: unknown): string => new Date(Number(at)).toISOString();
export const isoOrNull = (at: unknown): string | null => (at === null || at === undefined ? null : iso(at));
export const momentOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text);

/** Whole milliseconds since 1970. */
export const nowOf = (host: Host): number => Math.floor(host.now());
