import { queries, refresh } from "../client/index.ts";
import { onEvents, onGap } from "./events.ts";

/** Which capabilities' results change with which events. The first word of an event's kind names its family. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  module: ["agent.", "registry.", "system.health", "tool.", "schedule."],
  grant: ["agent.", "grant.", "system.health"],
  approval: ["approval.", "system.health"],
  question: ["question."],
  setting: ["setting.", "agent.config", "model."],
  session: ["session."],
  message: ["session.", "message."],
  turn: ["session.", "model.usage"],
  memory: ["memory.", "mind.", "graph.", "insight."],
  mind: ["memory.", "mind.", "graph.", "insight."],
  graph: ["graph."],
  lesson: ["lesson."],
  doctrine: ["doctrine."],
  model: ["model.", "system.health"],
  secret: ["secret."],
  schedule: ["schedule."],
  account: ["account.", "passkey.", "token."],
  backup: ["backup."],
  system: ["system.", "backup."],
};
const GATHER_MS = 150;

/** Reads anew what events say has changed; a burst of them is one reading. */
export function startRefresh(): () => void {
  const due = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    void refresh(...due);
    due.clear();
  };
  const stopEvents = onEvents((event) => {
    if (!("seq" in event)) return;
    for (const family of CHANGES[event.kind.split(".")[0] ?? ""] ?? []) due.add(family);
    if (due.size > 0) timer ??= setTimeout(flush, GATHER_MS);
  });
  const stopGaps = onGap(() => void queries.invalidateQueries());
  return () => {
    clearTimeout(timer);
    stopEvents();
    stopGaps();
  };
}
