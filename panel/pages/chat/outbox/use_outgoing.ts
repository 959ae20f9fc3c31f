import { useMemo, useSyncExternalStore } from "react";
import { call, problemOf } from "../../../client/index.ts";
import { connection, onConnection } from "../../../live/index.ts";
import { createOutbox, type Outgoing } from "./outbox.ts";

const PREFIX = "fieldwork.outbox.";

async function send({ agent, session, text, attachments, key, adds }: Outgoing): Promise<{ trace?: string }> {
  if (adds) {
    const { added } = await call("turn.add", { agent, session, text, key });
    if (added) return {};
    // The turn has ended meanwhile: it is a message of its own.
  }
  const files = attachments.length === 0 ? {} : { attachments: [...attachments] };
  const { trace } = await call("message.send", { to: agent, session, text, key, ...files });
  return { trace };
}

/** The browser's one outbox. */
export const outbox = createOutbox({
  send,
  problemOf,
  load: () =>
    Object.keys(localStorage).flatMap((key) =>
      key.startsWith(PREFIX) ? [localStorage.getItem(key) ?? ""] : [],
    ),
  save: (key, text) =>
    text === undefined ? localStorage.removeItem(PREFIX + key) : localStorage.setItem(PREFIX + key, text),
  after: (ms, then) => void setTimeout(then, ms),
});
onConnection(() => connection() === "open" && outbox.retry());
addEventListener("storage", ({ key }) => key?.startsWith(PREFIX) && outbox.reload());

/** What is on its way in a conversation. */
export function useOutgoing(agent: string, session: string | undefined): readonly Outgoing[] {
  const all = useSyncExternalStore(outbox.subscribe, outbox.list);
  return useMemo(
    () => all.filter((one) => one.agent === agent && one.session === session),
    [all, agent, session],
  );
}
