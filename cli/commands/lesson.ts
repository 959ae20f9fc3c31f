import type { Lesson, LessonEvent } from "#contract";
import { type Command, defineCommand, WrongUse } from "../command/index.ts";
import { bold, counted, fields, localTime, type Text, table } from "../terminal/index.ts";
import { AGENT_OPTION, DEFAULT_AGENT, given } from "./arguments.ts";
import { about, listed } from "./known.ts";

const list = defineCommand({
  name: "lesson list",
  summary: "What an agent has learned from its mistakes",
  words: [],
  options: { ...AGENT_OPTION, all: { type: "boolean", summary: "The retired ones too" } },
  examples: ["fw lesson list", "fw lesson list --agent notes --all"],
  async run({ options, place }) {
    const data = await place.call<{ lessons: Lesson[] }>("lesson.list", {
      agent: options.agent ?? DEFAULT_AGENT,
      all: options.all ?? false,
    });
    return { data, text: listed(data.lessons, describe, "There are none yet.") };
  },
});

const describe = (one: Lesson): Text => [
  [
    bold(one.id),
    ...about(
      [
        one.state,
        `karma ${one.karma.toFixed(2)}`,
        one.severity,
        `learned ${one.hits === 1 ? "once" : `${one.hits} times`}`,
        one.code ?? "",
      ],
      one,
    ),
  ],
  ...fields([
    ["  when", one.situation],
    ["  mistake", one.mistake],
    ["  better", one.better],
    ["  learned", localTime(one.learned_at)],
    ["  recalled", localTime(one.last_recalled_at)],
  ]),
];

const show = defineCommand({
  name: "lesson show",
  summary: "A lesson with all that happened to it",
  words: ["ID"],
  options: AGENT_OPTION,
  examples: ["fw lesson show l3"],
  async run({ words, options, place }) {
    const data = await place.call<{ lesson: Lesson; history: LessonEvent[] }>("lesson.show", {
      agent: options.agent ?? DEFAULT_AGENT,
      id: words.ID,
    });
    const rows = data.history.map((one) => [
      localTime(one.at),
      one.event,
      one.karma.toFixed(2),
      one.session ?? "",
      one.turn ?? "",
    ]);
    const history = table(["TIME", "WHAT", "KARMA", "SESSION", "TURN"], rows, place.terminal.width);
    return { data, text: [...describe(data.lesson), "", ...history] };
  },
});

const SEVERITIES = ["low", "medium", "high"];

const add = defineCommand({
  name: "lesson add",
  summary: "Teach an agent a lesson",
  words: [],
  options: {
    ...AGENT_OPTION,
    situation: { type: "string", value: "TEXT", summary: "When it applies" },
    mistake: { type: "string", value: "TEXT", summary: "What went wrong" },
    better: { type: "string", value: "TEXT", summary: "What to do instead" },
    code: { type: "string", value: "CODE", summary: "The error code it belongs to" },
    severity: { type: "string", value: "LEVEL", summary: "low, medium or high (default: medium)" },
  },
  examples: [
    'fw lesson add --situation "sending a report" --mistake "sent it unread" --better "read it once more first"',
  ],
  async run({ options, place }) {
    const { situation, mistake, better, code, severity } = options;
    const missing = Object.entries({ situation, mistake, better }).flatMap(([name, text]) =>
      text === undefined ? [`--${name}`] : [],
    );
    if (missing.length > 0)
      throw new WrongUse(`A lesson needs ${missing.join(" and ")}.`, "See `fw help lesson add`.");
    if (severity !== undefined && !SEVERITIES.includes(severity))
      throw new WrongUse(`"${severity}" is no severity.`, `It is one of ${SEVERITIES.join(", ")}.`);
    const data = await place.call<{ id: string; hits: number }>(
      "lesson.add",
      given({ agent: options.agent ?? DEFAULT_AGENT, situation, mistake, better, code, severity }),
    );
    const said = data.hits > 1 ? `It was known; now learned ${counted(data.hits, "time")}` : "It is learned";
    return { data, text: [`${said}: ${data.id}.`] };
  },
});

const retire = defineCommand({
  name: "lesson retire",
  summary: "Let a lesson no longer be recalled; it is kept, and can come back",
  words: ["ID"],
  options: { ...AGENT_OPTION, undo: { type: "boolean", summary: "Bring it back" } },
  examples: ["fw lesson retire l3", "fw lesson retire l3 --undo"],
  async run({ words, options, place }) {
    const active = options.undo ?? false;
    const agent = options.agent ?? DEFAULT_AGENT;
    const data = await place.call("lesson.retire", { agent, id: words.ID, active });
    return { data, text: [`${words.ID} is ${active ? "active again" : "retired"}.`] };
  },
});

export const LESSON_COMMANDS: readonly Command[] = [list, show, add, retire];
