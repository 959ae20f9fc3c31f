import { queries, refresh } from "../client/index.ts";
import { onEvents, onGap } from "./events.ts";

/** Which capabilities' results change with which events. The first word of an event's kind names its family. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  module: ["agent.", "registry.", "system.health", "tool.", "schedule."],
  grant: ["agent.", "grant.", "system.health"],
  approval: ["approval.", "session.", "system.health"],
  question: ["question."],
  setting: ["setting.", "agent.config", "model."],
  session: ["session.", "question."],
  message: ["session.", "message."],
  turn: ["session.", "model.usage"],
  memory: ["memory.", "mind.", "graph.", "insight."],
  mind: ["memory.", "mind.", "graph.", "insight."],
  fact: ["graph."],
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
const MIND = ["memory.", "mind.", "graph.", "insight.", "lesson."];
/** Acts that no event of their own tells of, by their names: what is read is called all the time, and must not be read anew for it. */
const ACTS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [
    "graph.retire",
    "lesson.add",
    "lesson.retire",
    "memory.add",
    "memory.forget",
    "mind.diary.write",
    "mind.dream",
    "mind.graph.add",
    "mind.lesson.add",
    "mind.lesson.feedback",
    "mind.todo.add",
    "mind.todo.set",
    "store.brain.add",
    "store.brain.forget",
  ].map((act) => [act, MIND]),
);
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
    const changed =
      event.kind === "capability.called"
        ? ACTS[event.subject ?? ""]
        : CHANGES[event.kind.split(".")[0] ?? ""];
    for (const family of changed ?? []) due.add(family);
    if (due.size > 0) timer ??= setTimeout(flush, GATHER_MS);
  });
  const stopGaps = onGap(() => void queries.invalidateQueries());
  return () => {
    clearTimeout(timer);
    stopEvents();
    stopGaps();
  };
}
