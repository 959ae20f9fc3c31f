import { z } from "zod";

export const fact = z.object({
  subject: z.string().describe("Who or what"),
  predicate: z.string().describe("The relation"),
  object: z.string().describe("To whom or what"),
  valid_from: z.string().describe("Since when"),
  valid_to: z.string().nullable().describe("Until when; null while it holds"),
});
interface Stored {
  readonly subject: string;
  readonly predicate: string;
  readonly object: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
}

export const factsOf = (stored: readonly Stored[]): Stored[] =>
  stored.map(({ subject, predicate, object, valid_from, valid_to }) => ({
    subject,
    predicate,
    object,
    valid_from,
    valid_to,
  }));
