import { z } from "zod";
import { canonicalJson, type JsonObject } from "./json.ts";
import { jsonObject } from "./schema.ts";

/**
 * One row of the journal. `seq` is dense and rising; `hash` is the SHA-256 (hex) of {@link eventText}, which contains
 * `prev`, the hash of the row before (64 zeros for the first).
 */
export const event = z.object({
  seq: z.int().min(1),
  at: z.number(),
  trace: z.string(),
  span: z.string(),
  parent: z.string().nullable(),
  actor: z.string(),
  kind: z.string(),
  subject: z.string().nullable(),
  data: jsonObject,
  prev: z.string(),
  hash: z.string(),
});
export type Event = z.infer<typeof event>;

export const FIRST_PREV = "0".repeat(64);

/** What is hashed: the event in canonical JSON, without `hash`. `data` is taken as canonical text, the way it is stored. */
export function eventText(row: Omit<Event, "hash" | "data">, data: string): string {
  const parent = row.parent === null ? "null" : JSON.stringify(row.parent);
  const subject = row.subject === null ? "null" : JSON.stringify(row.subject);
  return `{"actor":${JSON.stringify(row.actor)},"at":${row.at},"data":${data},"kind":"${row.kind}","parent":${parent},"prev":"${row.prev}","seq":${row.seq},"span":"${row.span}","subject":${subject},"trace":"${row.trace}"}`;
}

/** What a module or the kernel hands to the journal; the rest is stamped there. */
export interface EventDraft {
  readonly kind: string;
  readonly actor: string;
  readonly subject?: string | null;
  readonly data?: JsonObject;
  readonly trace: string;
  readonly span: string;
  readonly parent?: string | null;
}

export const dataText = (data: JsonObject | undefined): string =>
  data === undefined ? "{}" : canonicalJson(data);

/**
 * Proof that a call happened as it did: the row `capability.called` of the journal, and the hashes (SHA-256 of the canonical JSON,
 * hex) of the arguments the provider was given and of the result. Who holds it can show both later, and compare them with the row.
 */
export const receipt = z.object({
  seq: z.int(),
  hash: z.string(),
  args_hash: z.string(),
  result_hash: z.string(),
});
export type Receipt = z.infer<typeof receipt>;
