import type { CapabilityOutput, LlmPart, SessionEntry, SessionFound, SessionInfo } from "#contract";
import { type Command, defineCommand, WrongUse, wholeNumber } from "../command/index.ts";
import {
  bold,
  counted,
  dim,
  linesOf,
  localTime,
  type Span,
  styled,
  type Text,
  table,
} from "../terminal/index.ts";
import { agentNames, type NameOf } from "./agent_names.ts";
import { AGENT_OPTION, DEFAULT_AGENT, given } from "./arguments.ts";
import { about, listed } from "./known.ts";

type Found = CapabilityOutput<"session.search">;

interface Shown {
  readonly info: SessionInfo;
  readonly entries: readonly SessionEntry[];
  readonly more: boolean;
  readonly live: { readonly text: string; readonly thinking: string } | null;
}

const COLOURS = { idle: "dim", running: "cyan", waiting: "yellow" } as const;

/** An answer that waits for its owner says for what. */
const stateOf = ({ turn, waits_for }: SessionInfo): string => (waits_for ? `waits: ${waits_for}` : turn);

const list = defineCommand({
  name: "session list",
  summary: "Conversations, newest first",
  words: [],
  options: {
    agent: { type: "string", value: "ID", summary: "Only of this agent" },
    archived: { type: "boolean", summary: "The archived ones instead" },
    limit: { type: "string", value: "N", summary: "At most this many (default: 100)" },
  },
  examples: ["fw session list", "fw session list --agent field --archived"],
  async run({ options, place }) {
    const data = await place.call<{ sessions: SessionInfo[] }>(
      "session.list",
      given({
        agent: options.agent,
        archived: options.archived,
        limit: wholeNumber("limit", options.limit),
      }),
    );
    const nameOf = data.sessions.length > 0 ? await agentNames(place) : String;
    const rows = data.sessions.map((one): Span[] => [
      one.session,
      nameOf(one.agent),
      localTime(one.last_at),
      String(one.entries),
      styled(COLOURS[one.turn], stateOf(one)),
      `${one.pinned ? "★ " : ""}${one.title}`,
    ]);
    const text = table(
      ["SESSION", "AGENT", "LAST", "ENTRIES", "TURN", "TITLE"],
      rows,
      place.terminal.width,
      "There are none.",
    );
    return { data, text };
  },
});

const search = defineCommand({
  name: "session search",
  summary: "Find what was said, by you or an agent, in all conversations",
  words: ["WORDS"],
  options: {
    agent: { type: "string", value: "ID", summary: "Only in conversations with this agent" },
    limit: {
      type: "string",
      value: "N",
      summary: "At most this many conversations, up to 100 (default: 30)",
    },
  },
  details: [
    "All words must stand in one message, or in the title, each as the beginning of a word. What was taken back or deleted is not found.",
  ],
  examples: ["fw session search tulips", 'fw session search "garden plan" --agent field --json'],
  async run({ words, options, place }) {
    const data = await place.call<Found>(
      "session.search",
      given({
        query: words.WORDS,
        agent: options.agent,
        limit: wholeNumber("limit", options.limit),
      }),
    );
    const nameOf = data.found.length > 0 ? await agentNames(place) : String;
    return {
      data,
      text: [
        ...listed(data.found, (one) => describeFound(one, nameOf), "Nobody has said this."),
        ...(data.more ? ["", dim("There is more: give further words, or --limit.")] : []),
        ...(data.left > 0
          ? ["", dim(`${counted(data.left, "older message")} will be searched in a moment.`)]
          : []),
      ],
    };
  },
});

const describeFound = (
  { agent, session, title, archived, last_at, places }: SessionFound,
  nameOf: NameOf,
): Text => [
  [
    bold(title || session),
    ...about([nameOf(agent), session, localTime(last_at), archived ? "archived" : ""], { tainted: false }),
  ],
  ...places.map(({ n, who, excerpt, marks }): Text[number] => [
    styled(who === "user" ? "green" : "cyan", `  ${n}  `),
    ...emphasized(excerpt, marks),
  ]),
];

function emphasized(excerpt: string, marks: SessionFound["places"][number]["marks"]): Span[] {
  let at = 0;
  const spans = marks.flatMap(({ from, to }): Span[] => {
    const before = excerpt.slice(at, from);
    at = to;
    return [before, bold(excerpt.slice(from, to))];
  });
  return [...spans, excerpt.slice(at)];
}

const show = defineCommand({
  name: "session show",
  summary: "Read a conversation, with what is being said just now",
  words: ["SESSION"],
  options: {
    ...AGENT_OPTION,
    after: { type: "string", value: "N", summary: "Only entries after this number" },
    before: { type: "string", value: "N", summary: "Only entries before this number" },
    newest: { type: "boolean", summary: "The last ones of these instead of the first ones" },
    superseded: { type: "boolean", summary: "Those that were taken back too" },
    limit: { type: "string", value: "N", summary: "At most this many (default: 200)" },
  },
  examples: [
    "fw session show s1",
    "fw session show s1 --newest --limit 10",
    "fw session show s1 --agent notes --after 200 --json",
  ],
  async run({ words, options, place }) {
    const data = await place.call<Shown>(
      "session.show",
      given({
        agent: options.agent ?? DEFAULT_AGENT,
        session: words.SESSION,
        after: wholeNumber("after", options.after),
        before: wholeNumber("before", options.before),
        newest: options.newest,
        superseded: options.superseded,
        limit: wholeNumber("limit", options.limit),
      }),
    );
    const { info, entries, live, more } = data;
    const name = (await agentNames(place))(info.agent);
    const further = options.newest ? `--newest --before ${entries[0]?.n}` : `--after ${entries.at(-1)?.n}`;
    return {
      data,
      text: [
        [bold(info.title || info.session), dim(`  ${name} · ${info.entries} entries · ${stateOf(info)}`)],
        ...entries.flatMap(describeEntry),
        ...(live === null ? [] : ["", styled("cyan", `${name}, just now`), ...linesOf(live.text)]),
        ...(more ? ["", dim(`More: fw session show ${info.session} --agent ${info.agent} ${further}`)] : []),
      ],
    };
  },
});

const WHO = { user: "green", assistant: "cyan", tool: "dim", system: "dim" } as const;

function describeEntry(entry: SessionEntry): Text {
  const { n, at, kind, message, tainted, superseded, attachments = [] } = entry;
  const who = kind === "summary" ? "summary" : message.role;
  const { content } = message;
  const body = typeof content === "string" ? linesOf(content) : content.flatMap(describePart);
  return [
    "",
    [
      styled(WHO[message.role], who),
      ...about([String(n), localTime(at)], { tainted }),
      ...(superseded ? [dim(" · taken back")] : []),
    ],
    ...body,
    ...attachments.map(({ name, type, size }) => [dim(`+ ${name} (${type}, ${size} bytes)`)]),
  ];
}

function describePart(part: LlmPart): Text {
  switch (part.type) {
    case "text":
      return linesOf(part.text);
    case "thinking":
      return [dim("(thinking)")];
    case "tool_call":
      return [dim(`⚙ ${part.name} ${part.args}`)];
    case "tool_result": {
      const text = part.content.map((one) => (one.type === "text" ? one.text : "(image)")).join("\n");
      return [[styled(part.is_error ? "red" : "green", part.is_error ? "✗ " : "✓ "), dim(text)]];
    }
    default:
      return [dim(`(${part.type})`)];
  }
}

const rename = defineCommand({
  name: "session rename",
  summary: "Give a conversation another title",
  words: ["SESSION", "TITLE"],
  options: AGENT_OPTION,
  examples: ['fw session rename s1 "The garden"'],
  async run({ words, options, place }) {
    const agent = options.agent ?? DEFAULT_AGENT;
    const data = await place.call("session.change", { agent, session: words.SESSION, title: words.TITLE });
    return { data, text: [`${words.SESSION} is now called ${words.TITLE}.`] };
  },
});

const marked = (
  verb: "pin" | "archive",
  field: "pinned" | "archived",
  summary: string,
  said: string,
  back: string,
) =>
  defineCommand({
    name: `session ${verb}`,
    summary,
    words: ["SESSION"],
    options: { ...AGENT_OPTION, undo: { type: "boolean", summary: "The other way round" } },
    examples: [`fw session ${verb} s1`, `fw session ${verb} s1 --undo`],
    async run({ words, options, place }) {
      const data = await place.call("session.change", {
        agent: options.agent ?? DEFAULT_AGENT,
        session: words.SESSION,
        [field]: !options.undo,
      });
      return { data, text: [`${words.SESSION} ${options.undo ? back : said}.`] };
    },
  });

const branch = defineCommand({
  name: "session branch",
  summary: "Begin a new conversation as a copy of another, up to one of its entries",
  words: ["SESSION"],
  options: {
    ...AGENT_OPTION,
    upto: {
      type: "string",
      value: "N",
      summary: "The last entry that is copied, as `fw session show` numbers them",
    },
  },
  examples: ["fw session branch s1 --upto 12"],
  async run({ words, options, place }) {
    const upto = wholeNumber("upto", options.upto);
    if (upto === undefined) throw new WrongUse("It is not said where to branch off.", "Give --upto N.");
    const agent = options.agent ?? DEFAULT_AGENT;
    const data = await place.call<{ session: string }>("session.branch", {
      agent,
      session: words.SESSION,
      upto,
    });
    return {
      data,
      text: [
        `The new conversation is ${data.session}.`,
        `Go on in it: fw chat ${agent} --session ${data.session}`,
      ],
    };
  },
});

const rewind = defineCommand({
  name: "session rewind",
  summary: "Take back all of a conversation after one of its entries",
  words: ["SESSION"],
  options: {
    ...AGENT_OPTION,
    to: { type: "string", value: "N", summary: "The last entry that stays; 0 takes back all" },
  },
  details: [
    "What is taken back stays in the log, as `fw session show --superseded` tells; no model sees it any more.",
  ],
  examples: ["fw session rewind s1 --to 12"],
  async run({ words, options, place }) {
    const to = wholeNumber("to", options.to, 0);
    if (to === undefined) throw new WrongUse("It is not said up to where.", "Give --to N.");
    const agent = options.agent ?? DEFAULT_AGENT;
    const data = await place.call<{ superseded: number; entries: number }>("session.rewind", {
      agent,
      session: words.SESSION,
      to,
    });
    return { data, text: [`${data.superseded} entries are taken back, ${data.entries} are left.`] };
  },
});

const remove = defineCommand({
  name: "session delete",
  summary: "Delete a conversation for good; what the agent remembers of it stays",
  words: ["SESSION"],
  options: {
    ...AGENT_OPTION,
    forget: {
      type: "boolean",
      summary: "What is remembered of it too: memories, lessons, facts, diary, things to do",
    },
  },
  examples: ["fw session delete s1", "fw session delete s1 --forget"],
  async run({ words, options, place }) {
    const agent = options.agent ?? DEFAULT_AGENT;
    const session = words.SESSION;
    if (options.forget) {
      const data = await place.call<{ forgotten: number }>("memory.forget", { agent, session });
      return {
        data,
        text: [`${session} is deleted, and ${data.forgotten} things remembered of it are forgotten.`],
      };
    }
    const data = await place.call<{ entries: number }>("session.delete", { agent, session });
    return { data, text: [`${session} is deleted, with ${data.entries} entries.`] };
  },
});

const stop = defineCommand({
  name: "session stop",
  summary: "Stop the turn that runs in a conversation; what was said so far stays",
  words: ["SESSION"],
  options: AGENT_OPTION,
  examples: ["fw session stop s1"],
  async run({ words, options, place }) {
    const agent = options.agent ?? DEFAULT_AGENT;
    const data = await place.call<{ stopped: boolean }>("turn.stop", { agent, session: words.SESSION });
    return {
      data,
      text: [data.stopped ? "It is told to stop." : "No turn runs there."],
      failed: !data.stopped,
    };
  },
});

export const SESSION_COMMANDS: readonly Command[] = [
  list,
  search,
  show,
  rename,
  marked("pin", "pinned", "Keep a conversation at the top", "is pinned", "is no longer pinned"),
  marked("archive", "archived", "Put a conversation away", "is archived", "is back"),
  branch,
  rewind,
  remove,
  stop,
];
