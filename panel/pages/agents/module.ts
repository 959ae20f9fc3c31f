import type { CapabilityOutput } from "#contract";

/** A module of the home, as the server tells of it. */
export type Agent = CapabilityOutput<"agent.show">;
export type Ask = Agent["asks"][number];
