import type { LlmPart, SessionEntry, SessionInfo } from "#contract";
import { type Command, defineCommand, WrongUse, wholeNumber } from "../command/index.ts";
import { bold, dim, linesOf, localTime, type Span, styled, type Text, table } from "../terminal/index.ts";
import { AGENT_OPTION, DEFAULT_AGENT, given } from "./arguments.ts";

interface Shown {
  readonly info: SessionInfo;
  readonly entries: readonly SessionEntry[];
  readonly live: { readonly text: string; readonly thinking: string } | null;
}

const COLOURS = { idle: "dim", running: "cyan", waiting: "yellow" } as const;

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
    const rows = data.sessions.map((one): Span[] => [
      one.session,
      one.agent,
      localTime(one.last_at),
      String(one.entries),
      styled(COLOURS[one.turn], one.turn),
      `${one.pinned ? "★ " : ""}${one.title}`,
    ]);
    const text =
      rows.length === 0
        ? ["There are none."]
        : table(["SESSION", "AGENT", "LAST", "ENTRIES", "TURN", "TITLE"], rows, place.terminal.width);
    return { data, text };
  },
});

const show = defineCommand({
  name: "session show",
  summary: "Read a conversation, with what is being said just now",
  words: ["SESSION"],
  options: {
    ...AGENT_OPTION,
    after: { type: "string", value: "N", summary: "Only entries after this number" },
    limit: { type: "string", value: "N", summary: "At most this many (default: 200)" },
  },
  examples: ["fw session show s1", "fw session show s1 --agent notes --after 200 --json"],
  async run({ words, options, place }) {
    const data = await place.call<Shown>(
      "session.show",
      given({
        agent: options.agent ?? DEFAULT_AGENT,
        session: words.SESSION,
        after: wholeNumber("after", options.after),
        limit: wholeNumber("limit", options.limit),
      }),
    );
    const { info, entries, live } = data;
    const last = entries.at(-1)?.n ?? info.entries;
    return {
      data,
      text: [
        [bold(info.title || info.session), dim(`  ${info.agent} · ${info.entries} entries · ${info.turn}`)],
        ...entries.flatMap(describeEntry),
        ...(live === null ? [] : ["", styled("cyan", `${info.agent}, just now`), ...linesOf(live.text)]),
        ...(last < info.entries
          ? ["", dim(`More: fw session show ${info.session} --agent ${info.agent} --after ${last}`)]
          : []),
      ],
    };
  },
});

const WHO = { user: "green", assistant: "cyan", tool: "dim", system: "dim" } as const;

function describeEntry({ n, at, kind, message, tainted }: SessionEntry): Text {
  const who = kind === "summary" ? "summary" : message.role;
  const { content } = message;
  const body = typeof content === "string" ? linesOf(content) : content.flatMap(describePart);
  return [
    "",
    [
      styled(WHO[message.role], who),
      dim(`  ${n} · ${localTime(at)}`),
      ...(tainted ? [styled("yellow", " · from outside")] : []),
    ],
    ...body,
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
  show,
  rename,
  marked("pin", "pinned", "Keep a conversation at the top", "is pinned", "is no longer pinned"),
  marked("archive", "archived", "Put a conversation away", "is archived", "is back"),
  branch,
  stop,
];
