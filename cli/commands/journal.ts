import { type CapabilityOutput, type Event, FieldworkError, type JsonObject } from "#contract";
import { type Answer, defineCommand, type Place, WrongUse, wholeNumber } from "../command/index.ts";
import {
  type EventFilter,
  readJournal,
  requireHome,
  type Verification,
  verifyJournal,
} from "../home/index.ts";
import { findServer, followEvents } from "../server/index.ts";
import { counted, dim, jsonText, type Line, localTime, padTo, styled } from "../terminal/index.ts";

const LIMIT_MAX = 1000;

export const journal = defineCommand({
  name: "journal",
  summary: "Read, follow or verify the journal of all that happens",
  words: [],
  options: {
    follow: { type: "boolean", summary: "Go on printing events as they happen" },
    trace: { type: "string", value: "ID", summary: "Only what belongs to this trace" },
    kind: { type: "string", value: "KIND", summary: "Only this kind; a family with a star: 'module.*'" },
    agent: { type: "string", value: "ID", summary: "Only what this agent does, or what is about it" },
    session: { type: "string", value: "ID", summary: "Only of this conversation" },
    text: { type: "string", value: "WORDS", summary: "Only what says all these words" },
    from: { type: "string", value: "TIME", summary: "From this time on (ISO 8601)" },
    to: { type: "string", value: "TIME", summary: "Before this time (ISO 8601)" },
    before: { type: "string", value: "N", summary: "Before the event of this number" },
    limit: {
      type: "string",
      value: "N",
      summary: `How many of the newest, ${LIMIT_MAX} at most (default: 100; 10 with --follow)`,
    },
    verify: { type: "boolean", summary: "Recompute the hash chain and name the first bad event" },
  },
  details: [
    "Without a running server, reading and verifying work straight from journal.db.",
    "With --follow and --json each event is one line of JSON.",
  ],
  examples: [
    "fw journal --limit 20",
    "fw journal --follow --kind 'module.*'",
    "fw journal --verify",
    "fw journal --trace 01JX --json",
    "fw journal --text 'fs.write failed'",
    "fw journal --agent field --from 2026-01-31T00:00:00Z",
  ],
  async run({ options, place }) {
    const limit = wholeNumber("limit", options.limit) ?? (options.follow ? 10 : 100);
    if (limit > LIMIT_MAX)
      throw new WrongUse(`--limit is ${LIMIT_MAX} at most.`, "Use --trace or --kind to find older events.");
    if (options.verify) {
      if (options.follow)
        throw new WrongUse("--verify and --follow do not go together.", "Give one of them.");
      return verified(await verification(place));
    }
    const { trace, kind, agent, session, from, to, text } = options;
    const filter = { trace, kind, agent };
    const more = { session, from, to, text, before: wholeNumber("before", options.before) };
    const asked = Object.values(more).some((one) => one !== undefined);
    if (options.follow && asked)
      throw new WrongUse(
        "--follow goes with --trace, --kind and --agent.",
        "Leave --follow away to look at what was.",
      );
    if (options.follow) return follow(place, limit, filter);
    const { events, last_seq } = await newest(place, limit, { ...filter, ...more });
    return { data: { events, last_seq }, text: events.map(eventLine) };
  },
});

async function verification(place: Place): Promise<Verification> {
  if (await findServer(place.home)) return place.call<Verification>("journal.verify", {});
  requireHome(place.home);
  return verifyJournal(place.home);
}

const verified = (data: Verification): Answer =>
  data.ok
    ? { data, text: [[styled("green", "✓ "), `The chain of ${counted(data.events, "event")} holds.`]] }
    : {
        data,
        text: [
          [styled("red", "✗ "), `The chain is broken at event ${data.first_bad}: ${data.problem}.`],
          dim(`${counted(data.events, "event")} before it hold.`),
        ],
        failed: true,
      };

interface Filter extends EventFilter {
  readonly agent?: string | undefined;
  readonly session?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly before?: number | undefined;
  readonly text?: string | undefined;
}

async function newest(
  place: Place,
  limit: number,
  filter: Filter,
): Promise<{ events: Event[]; last_seq: number }> {
  if (await findServer(place.home)) {
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    return filter.text === undefined
      ? place.call("journal.query", { ...given, limit, newest: true })
      : sought(place, given, limit);
  }
  requireHome(place.home);
  const { trace, kind, ...rest } = filter;
  if (Object.values(rest).some((one) => one !== undefined))
    throw new FieldworkError(
      "unavailable",
      "Without a running server only --trace and --kind narrow it down.",
      {
        remedy: "Start it with `fw start`.",
      },
    );
  const events = readJournal(place.home, limit, { trace, kind });
  return { events, last_seq: events.at(-1)?.seq ?? 0 };
}

type Page = CapabilityOutput<"journal.query">;

/** Words are sought page by page, back to the beginning, until there are enough. */
async function sought(place: Place, filter: JsonObject, limit: number) {
  let events: Event[] = [];
  let before: JsonObject = {};
  for (;;) {
    const asked = { ...filter, ...before, limit: limit - events.length, newest: true };
    const page = await place.call<Page>("journal.query", asked);
    events = [...page.events, ...events];
    if (page.next_before === null || events.length >= limit) return { events, last_seq: page.last_seq };
    before = { before: page.next_before };
  }
}

async function follow(
  place: Place,
  limit: number,
  filter: Pick<Filter, "trace" | "kind" | "agent">,
): Promise<undefined> {
  const { terminal, json } = place;
  const print = (one: Event): void => (json ? terminal.printJson(one) : terminal.print([eventLine(one)]));
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  const { events, last_seq } = await place.call<{ events: Event[]; last_seq: number }>("journal.query", {
    ...given,
    limit,
    newest: true,
  });
  for (const one of events) print(one);
  const after = Math.max(last_seq, events.at(-1)?.seq ?? 0);
  for await (const one of followEvents(place.home, { after, ...filter })) print(one);
  return undefined;
}

const eventLine = (one: Event): Line => [
  dim(`${one.seq}  ${localTime(one.at)}  `),
  styled(/denied|failed|crashed|broken/.test(one.kind) ? "red" : "cyan", padTo(one.kind, 22)),
  ` ${one.actor}${one.subject === null ? "" : ` → ${one.subject}`}`,
  dim(Object.keys(one.data).length === 0 ? "" : `  ${jsonText(one.data)}`),
];
