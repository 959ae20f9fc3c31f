import { z } from "zod";
import { defineTool, type JsonValue } from "#contract";

interface Entry {
  readonly id: string;
  readonly cron?: string;
  readonly time_zone?: string;
  readonly next_at: string | null;
  readonly payload: JsonValue;
}

export const listSchedules = defineTool({
  name: "schedule.list",
  version: 1,
  title: "Show planned wake-ups",
  summary: "What the agent is going to be woken up for, and when.",
  keywords: "reminders upcoming planned timers cron jobs geplant erinnerungen anzeigen programados prévus",
  input: z.object({}),
  output: z.object({
    schedules: z
      .array(
        z.object({
          id: z.string().describe("Id, for schedule.cancel"),
          text: z.string().describe("What the agent is told"),
          cron: z.string().nullable().describe("Pattern; null for one that comes once"),
          time_zone: z.string().nullable().describe("Zone of the pattern"),
          next_at: z.string().nullable().describe("When it comes next"),
        }),
      )
      .describe("All of the agent"),
  }),
  needs: ["schedule.list"],
  effect: "read",
  runs: "server",
  examples: [{}],
  async run(_, place) {
    const { schedules } = (await place.call("schedule.list", {})) as unknown as {
      readonly schedules: readonly Entry[];
    };
    return {
      schedules: schedules.map(({ id, cron = null, time_zone = null, next_at, payload }) => ({
        id,
        text: textOf(payload),
        cron,
        time_zone,
        next_at,
      })),
    };
  },
});

function textOf(payload: JsonValue): string {
  const { text } = (typeof payload === "object" && payload !== null ? payload : {}) as {
    readonly text?: JsonValue;
  };
  return typeof text === "string" ? text : JSON.stringify(payload);
}
