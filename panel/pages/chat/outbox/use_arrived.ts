import { useEffect } from "react";
import { call } from "../../../client/index.ts";
import { type Conversation, isOpen } from "../conversation/index.ts";
import type { Outgoing } from "./outbox.ts";
import { outbox } from "./use_outgoing.ts";

const WAIT_MS = 1500;

/** Lets go of what was on its way once it is seen in the conversation; finds out what became of it where it is not. */
export function useArrived(
  agent: string,
  conversation: Conversation,
  outgoing: readonly Outgoing[],
  reload: () => void,
): void {
  const { entries, turns } = conversation;
  useEffect(() => {
    const accepted = outgoing.filter(({ state }) => state === "accepted");
    if (accepted.length === 0) return;
    if (conversation.state === "loading") return reload();
    const seen = new Set([...turns.map(({ turn }) => turn), ...entries.map(({ turn }) => turn)]);
    const running = turns.some(({ state }) => isOpen(state));
    const arrived = accepted.filter(({ trace, adds, at, text }) =>
      trace !== undefined
        ? seen.has(trace)
        : adds && (!running || entries.some((one) => one.at > at && one.message.content === text)),
    );
    if (arrived.length > 0) outbox.drop(arrived.map(({ key }) => key));
    const lost = accepted.filter((one) => one.trace !== undefined && !arrived.includes(one));
    if (lost.length === 0) return;
    const look = setTimeout(() => void findOut(agent, lost), WAIT_MS);
    return () => clearTimeout(look);
  }, [agent, conversation.state, entries, turns, outgoing, reload]);
}

/** A message that failed before its turn began stands in the agent's inbox alone. */
async function findOut(agent: string, lost: readonly Outgoing[]): Promise<void> {
  const { messages } = await call("message.list", { to: agent, limit: 500 }).catch(() => ({ messages: [] }));
  for (const { key, trace } of lost) {
    const mail = messages.find((one) => one.trace === trace);
    if (mail?.state === "done") outbox.drop([key]);
    if (mail?.state !== "failed") continue;
    const { code, message, remedy } = (mail.error ?? {}) as Readonly<Record<string, unknown>>;
    outbox.fail(key, {
      code: String(code ?? "internal"),
      message: String(message ?? ""),
      remedy: String(remedy ?? ""),
    });
  }
}
