export const KINDS = [
  "direct",
  "paraphrase",
  "name",
  "time",
  "hops",
  "several",
  "contradiction",
  "language",
] as const;
export type QuestionKind = (typeof KINDS)[number];

/**
 * Something that happens to one speaker, as lines of talk. `>` is said by the one it happens to, `<` by the other; `*` marks a line
 * that answers a question; `---` begins a part that is told in a later session. `{slot}` is filled from the story's slots, `{P}`
 * with the name of the one it happens to.
 */
export interface Story {
  readonly lines: readonly string[];
  /** Kind, question, and which of the marked lines answer it (all, where left out). */
  readonly questions: readonly (readonly [QuestionKind, string, (readonly number[])?])[];
  readonly slots?: Readonly<Record<string, readonly string[]>>;
}
