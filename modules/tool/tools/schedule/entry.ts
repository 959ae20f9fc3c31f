import { z } from "zod";
import type { JsonValue } from "#contract";

export const text = z.string().min(1).max(8000).describe("What the agent is told when it wakes up");

/** What is delivered when the time has come: to `handle` of the agent, as `{type: "schedule", payload}`. */
export const wakeUp = (text: string, session: string | undefined): JsonValue => ({
  text,
  ...(session === undefined ? {} : { session }),
});
