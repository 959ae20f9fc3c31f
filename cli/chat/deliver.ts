import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import {
  type Attachment,
  type ErrorData,
  FieldworkError,
  isErrorCode,
  type JsonObject,
  type JsonValue,
  type Mail,
} from "#contract";
import type { Place } from "../command/index.ts";
import { Unreachable } from "../server/index.ts";

const PATIENCE_MS = 60_000;
const AGAIN_MS = 500;

/** What is said to an agent. Its key makes sure that it is accepted once, however often it is sent. */
export interface Message {
  readonly to: string;
  readonly text: string;
  readonly session: string;
  readonly key: string;
  readonly attachments?: readonly Attachment[];
  /** Left out where a person is there who can be asked. */
  readonly attended?: false;
}
export interface Accepted {
  readonly id: string;
  readonly session: string;
  readonly trace: string;
}
export type Outcome =
  | { readonly ok: true; readonly reply: JsonObject }
  | { readonly ok: false; readonly error: ErrorData };

export const newSession = (): string => `s-${randomBytes(6).toString("hex")}`;

export const newMessage = (
  to: string,
  session: string,
  text: string,
  { attended = true, attachments = [] }: { attended?: boolean; attachments?: readonly Attachment[] } = {},
): Message => ({
  to,
  text,
  session,
  key: randomUUID(),
  ...(attachments.length === 0 ? {} : { attachments }),
  ...(attended ? {} : { attended: false }),
});

/** Resolves when the message is kept. @throws FieldworkError where it was refused, or the server stays away for a minute. */
export const accept = (place: Place, message: Message, signal?: AbortSignal): Promise<Accepted> =>
  patiently(() => place.call<Accepted>("message.send", { ...message, wait: false }, signal), isAway, signal);

/**
 * What became of an accepted message, also across restarts of the server.
 * @throws FieldworkError where the server stays away for a minute; the message is kept all the same.
 */
export async function outcomeOf(place: Place, message: Message, signal?: AbortSignal): Promise<Outcome> {
  const ask = () => place.call<{ mail: Mail }>("message.send", { ...message, wait: true }, signal);
  const { mail } = await patiently(ask, isAwayOrStopping, signal);
  return mailOutcome(mail);
}

export function mailOutcome({ state, reply, error, trace }: Mail): Outcome {
  return state === "failed"
    ? { ok: false, error: toError(error, trace) }
    : { ok: true, reply: spoken(reply) };
}

/** What an agent answered: its object where it has a `reply`, else all of it as the reply. */
const spoken = (reply: JsonValue | undefined): JsonObject =>
  typeof reply === "object" && reply !== null && "reply" in reply
    ? (reply as JsonObject)
    : { reply: reply ?? null };

function toError(error: JsonValue | undefined, trace: string): ErrorData {
  const { code, message, remedy, details } = (error ?? {}) as Readonly<Record<string, JsonValue>>;
  return {
    code: isErrorCode(code) ? code : "module_crashed",
    message: typeof message === "string" ? message : "The message could not be handled.",
    remedy: `${typeof remedy === "string" ? `${remedy} ` : ""}See \`fw journal --trace ${trace}\`.`,
    ...(details === undefined ? {} : { details }),
  };
}

const isAway = (error: unknown): boolean => error instanceof Unreachable;
/** A server that stops lets go of those who wait; one that starts does not have everything yet. */
const isAwayOrStopping = (error: unknown): boolean =>
  isAway(error) ||
  (error instanceof FieldworkError && (error.code === "cancelled" || error.code === "unavailable"));

async function patiently<T>(
  ask: () => Promise<T>,
  again: (error: unknown) => boolean,
  signal: AbortSignal | undefined,
): Promise<T> {
  let awaySince: number | undefined;
  for (;;) {
    const begun = Date.now();
    try {
      return await ask();
    } catch (error) {
      if (signal?.aborted || !again(error)) throw error;
      // A call that was under way for a while had reached a server.
      if (awaySince === undefined || begun + AGAIN_MS * 4 < Date.now()) awaySince = Date.now();
      if (Date.now() - awaySince > PATIENCE_MS) throw error;
      await wait(AGAIN_MS, undefined, signal ? { signal } : {});
    }
  }
}
