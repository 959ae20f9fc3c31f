import type { CallContext, Database } from "#contract";

/** The database of an agent, looked up anew each time: it may have been closed and opened meanwhile. */
export const stateOf =
  (context: CallContext, agent: string): (() => Database) =>
  () =>
    context.host.stateOf(agent);
