/** A new name for a conversation or a message; also where a page has no secure context, and so no `randomUUID`. */
export const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const pathOf = (agent: string, session?: string): string =>
  session === undefined ? `/chat/${agent}` : `/chat/${agent}/${encodeURIComponent(session)}`;
