import type { SessionEntry, SessionInfo } from "#contract";
import type { Place } from "../command/index.ts";

const CONVERSATIONS_MAX = 8;
const ENTRIES_MAX = 100;

/** The words of an entry, and whose they are; nothing where it has none. */
export function spokenText({
  kind,
  message,
  source,
}: SessionEntry): readonly { readonly by: "owner" | "other" | "agent"; readonly text: string }[] {
  if (kind !== "message" || (message.role !== "user" && message.role !== "assistant")) return [];
  const { content } = message;
  const text =
    typeof content === "string"
      ? content
      : content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
  if (text.trim() === "") return [];
  const isOwner = source === undefined || source.kind === "owner";
  return [{ by: message.role === "assistant" ? "agent" : isOwner ? "owner" : "other", text }];
}

/**
 * What the owner said in the last conversations of this home, oldest first. It is read from them each time and kept nowhere else:
 * who deletes a conversation deletes it here too.
 */
export async function saidBefore(place: Place, signal: AbortSignal): Promise<readonly string[]> {
  const { sessions } = await place.call<{ sessions: readonly SessionInfo[] }>(
    "session.list",
    { limit: CONVERSATIONS_MAX },
    signal,
  );
  const shown = await Promise.all(
    sessions.map(({ agent, session }) =>
      place.call<{ entries: readonly SessionEntry[] }>(
        "session.show",
        { agent, session, newest: true, limit: ENTRIES_MAX },
        signal,
      ),
    ),
  );
  return shown
    .flatMap(({ entries }) => entries)
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .flatMap(spokenText)
    .flatMap(({ by, text }) => (by === "owner" ? [text] : []));
}
