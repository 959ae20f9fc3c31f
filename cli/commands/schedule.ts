import type { ScheduleEntry } from "#contract";
import { type Command, defineCommand, WrongUse } from "../command/index.ts";
import { localTime, type Span, styled, table } from "../terminal/index.ts";
import { agentNames } from "./agent_names.ts";
import { given, readJson } from "./arguments.ts";

const list = defineCommand({
  name: "schedule list",
  summary: "What is called at a later time, or again and again",
  words: [],
  options: { agent: { type: "string", value: "ID", summary: "Only of this agent" } },
  examples: ["fw schedule list", "fw schedule list --agent notes"],
  async run({ options, place }) {
    const data = await place.call<{ schedules: ScheduleEntry[] }>(
      "schedule.list",
      given({ module: options.agent }),
    );
    const nameOf = data.schedules.length > 0 ? await agentNames(place) : String;
    const rows = data.schedules.map((one): Span[] => [
      one.id,
      nameOf(one.module),
      one.cron === undefined ? "once" : `${one.cron} ${one.time_zone ?? "UTC"}`,
      one.next_at === null ? "-" : localTime(one.next_at),
      one.last_at === null ? "-" : localTime(one.last_at),
      one.last_error === null ? one.function : styled("red", one.last_error),
    ]);
    const text = table(
      ["ID", "AGENT", "WHEN", "NEXT", "LAST", "FUNCTION"],
      rows,
      place.terminal.width,
      "There are none.",
    );
    return { data, text };
  },
});

const set = defineCommand({
  name: "schedule set",
  summary: "Call an agent's function by a cron pattern, or once at a time",
  words: ["AGENT"],
  options: {
    cron: {
      type: "string",
      value: "PATTERN",
      summary: "Such as '0 8 * * 1-5'; six fields begin with seconds",
    },
    zone: { type: "string", value: "ZONE", summary: "The time zone of the pattern (default: UTC)" },
    at: { type: "string", value: "TIME", summary: "Once, at this time (ISO 8601), instead of a pattern" },
    id: { type: "string", value: "ID", summary: "Its name; one that is there is changed" },
    function: { type: "string", value: "NAME", summary: "Which function (default: handle)" },
    payload: { type: "string", value: "JSON", summary: "What it is given" },
  },
  examples: [
    "fw schedule set notes --cron '0 8 * * 1-5' --zone Europe/Vienna --id morning",
    'fw schedule set notes --at 2026-12-24T17:00:00Z --function remind --payload \'{"text": "tree"}\'',
  ],
  async run({ words, options, place }) {
    if ((options.cron === undefined) === (options.at === undefined))
      throw new WrongUse("A schedule has either --cron or --at.", "See `fw help schedule set`.");
    const data = await place.call<ScheduleEntry>("schedule.set", {
      ...given({
        module: words.AGENT,
        cron: options.cron,
        time_zone: options.zone,
        at: options.at,
        id: options.id,
        function: options.function,
      }),
      ...(options.payload === undefined ? {} : { payload: await readJson(place, options.payload) }),
    });
    const next =
      data.next_at === null ? "It will not run again." : `It runs next at ${localTime(data.next_at)}.`;
    return { data, text: [`${data.id} is set. ${next}`] };
  },
});

const cancel = defineCommand({
  name: "schedule cancel",
  summary: "Delete a schedule",
  words: ["ID"],
  options: { agent: { type: "string", value: "ID", summary: "Whose, where several have one of that name" } },
  examples: ["fw schedule cancel morning"],
  async run({ words, options, place }) {
    const data = await place.call<{ cancelled: boolean }>(
      "schedule.cancel",
      given({ id: words.ID, module: options.agent }),
    );
    return {
      data,
      text: [data.cancelled ? `${words.ID} is cancelled.` : `There is no schedule ${words.ID}.`],
      failed: !data.cancelled,
    };
  },
});

export const SCHEDULE_COMMANDS: readonly Command[] = [list, set, cancel];
