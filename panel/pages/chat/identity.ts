import { addressOf } from "../../address/index.ts";

/** A new name for a conversation or a message; also where a page has no secure context, and so no `randomUUID`. */
export const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param entry  of the conversation, which is to be in sight */
export const pathOf = (agent: string, session?: string, entry?: number): string =>
  session === undefined
    ? `/chat/${agent}`
    : addressOf(`/chat/${agent}/${encodeURIComponent(session)}`, { at: entry?.toString() });
