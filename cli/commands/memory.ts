import { FieldworkError, type Hit, type MemoryShown } from "#contract";
import { type Command, decimal, defineCommand, WrongUse, wholeNumber } from "../command/index.ts";
import { counted, dim, fields, linesOf, localTime, type Span, styled, type Text } from "../terminal/index.ts";
import { AGENT_OPTION, DEFAULT_AGENT, given, readText } from "./arguments.ts";
import { about, listed } from "./known.ts";

interface Hits {
  readonly hits: readonly Hit[];
}

const add = defineCommand({
  name: "memory add",
  summary: "Give an agent a memory",
  words: ["TEXT"],
  options: {
    ...AGENT_OPTION,
    wing: { type: "string", value: "NAME", summary: "The large part of life it belongs to, such as work" },
    room: { type: "string", value: "NAME", summary: "The subject in it" },
    kind: { type: "string", value: "KIND", summary: "fact, event, preference, …" },
    importance: { type: "string", value: "N", summary: "From 0 to 1" },
    "valid-from": { type: "string", value: "TIME", summary: "Since when it holds (ISO 8601)" },
    source: { type: "string", value: "TEXT", summary: "Where it comes from" },
  },
  details: ["TEXT `-` is read from standard input. The same text twice is one memory."],
  examples: [
    'fw memory add "Ann prefers tea in the morning"',
    'fw memory add "The flat has 3 rooms" --wing home --kind fact --agent notes',
  ],
  async run({ words, options, place }) {
    const memory = given({
      content: await readText(place, words.TEXT),
      wing: options.wing,
      room: options.room,
      kind: options.kind,
      importance: decimal("importance", options.importance, 1),
      valid_from: options["valid-from"],
      source: options.source,
    });
    const agent = options.agent ?? DEFAULT_AGENT;
    const data = await place.call<{ added: number; ids: string[] }>("memory.add", {
      agent,
      memories: [memory],
    });
    const said = data.added > 0 ? `${agent} remembers it as` : `${agent} knew that already, as`;
    return { data, text: [`${said} ${data.ids.join(", ")}.`] };
  },
});

const search = defineCommand({
  name: "memory search",
  summary: "Find an agent's memories, and why each was found",
  words: ["QUERY"],
  options: {
    ...AGENT_OPTION,
    k: { type: "string", value: "N", summary: "At most this many (default: 5)" },
    wing: { type: "string", value: "NAME", summary: "Only of this part of life" },
    kind: { type: "string", value: "KIND", summary: "Only of this kind" },
    "as-of": { type: "string", value: "TIME", summary: "What was valid at this time (ISO 8601)" },
  },
  examples: [
    'fw memory search "what does Ann drink?"',
    "fw memory search tea --k 20 --as-of 2026-01-31T00:00:00Z",
  ],
  async run({ words, options, place }) {
    const data = await place.call<Hits>(
      "memory.search",
      given({
        agent: options.agent ?? DEFAULT_AGENT,
        query: words.QUERY,
        k: wholeNumber("k", options.k),
        wing: options.wing,
        kind: options.kind,
        as_of: options["as-of"],
      }),
    );
    const scored = (hit: Hit) => describe(hit, [styled("green", hit.score.toFixed(2)), "  "]);
    return { data, text: listed(data.hits, scored, "Nothing is remembered about this.") };
  },
});

const list = defineCommand({
  name: "memory list",
  summary: "An agent's memories, newest first",
  words: [],
  options: {
    ...AGENT_OPTION,
    limit: { type: "string", value: "N", summary: "At most this many, up to 500 (default: 50)" },
    before: { type: "string", value: "ID", summary: "Only older ones than this memory" },
    wing: { type: "string", value: "NAME", summary: "Only of this part of life" },
    room: { type: "string", value: "NAME", summary: "Only of this subject" },
    kind: { type: "string", value: "KIND", summary: "Only of this kind" },
    "as-of": { type: "string", value: "TIME", summary: "Only what held at this time (ISO 8601)" },
    outside: { type: "boolean", summary: "Only what comes from outside" },
    current: { type: "boolean", summary: "Without what a newer memory has taken the place of" },
  },
  examples: ["fw memory list", "fw memory list --limit 500 --before m12 --json"],
  async run({ options, place }) {
    const data = await place.call<Hits>(
      "memory.list",
      given({
        agent: options.agent ?? DEFAULT_AGENT,
        limit: wholeNumber("limit", options.limit),
        before: options.before,
        wing: options.wing,
        room: options.room,
        kind: options.kind,
        as_of: options["as-of"],
        tainted: options.outside,
        current: options.current,
      }),
    );
    return { data, text: listed(data.hits, describe, "There are none yet.") };
  },
});

const show = defineCommand({
  name: "memory show",
  summary: "A memory with its origin, its wordings and its vector",
  words: ["ID"],
  options: AGENT_OPTION,
  examples: ["fw memory show m12", "fw memory show m12 --agent notes --json"],
  async run({ words, options, place }) {
    const data = await place.call<MemoryShown>("memory.show", {
      agent: options.agent ?? DEFAULT_AGENT,
      id: words.ID,
    });
    const { origin, versions, supersedes, superseded_by, embedding, drawn_from, insights } = data;
    const under = (title: string, hits: readonly Hit[]): Text =>
      hits.length === 0 ? [] : ["", title, ...hits.flatMap((one) => describe(one))];
    const turn = origin.position === null ? undefined : `turn ${origin.position}`;
    const told = [origin.source, origin.session, origin.speaker, turn].filter(Boolean).join(" · ");
    const vector = embedding ? `${embedding.dimensions} numbers by ${embedding.model}` : "none";
    return {
      data,
      text: [
        ...describe(data.memory),
        ...fields([
          ["      told", told || "directly"],
          ["      importance", (data.memory.importance ?? 0).toFixed(2)],
          ["      vector", vector],
        ]),
        ...(versions.length > 1 ? ["", "Its wordings:"] : []),
        ...(versions.length > 1
          ? versions.map((one): Text[number] => [
              `${one.id}  ${linesOf(one.content).join(" ")}`,
              dim(`  until ${one.valid_to === null ? "now" : localTime(one.valid_to)}`),
            ])
          : []),
        ...under("It has taken the place of:", supersedes),
        ...under("Its place was taken by:", superseded_by ? [superseded_by] : []),
        ...under("It was drawn from:", drawn_from),
        ...under("Insights drawn from it:", insights),
      ],
    };
  },
});

const edit = defineCommand({
  name: "memory edit",
  summary: "Correct a memory; the earlier wording is kept and holds until now",
  words: ["ID", "[TEXT]"],
  options: {
    ...AGENT_OPTION,
    wing: { type: "string", value: "NAME", summary: "The large part of life it belongs to; empty for none" },
    room: { type: "string", value: "NAME", summary: "The subject in it; empty for none" },
    kind: { type: "string", value: "KIND", summary: "fact, event, preference, …" },
    importance: { type: "string", value: "N", summary: "From 0 to 1" },
    "valid-from": { type: "string", value: "TIME", summary: "Since when it holds (ISO 8601)" },
    "valid-until": { type: "string", value: "TIME", summary: "Until when it holds; empty for no end" },
  },
  details: ["TEXT `-` is read from standard input."],
  examples: ['fw memory edit m12 "Ann prefers coffee"', "fw memory edit m12 --wing home --importance 0.9"],
  async run({ words, options, place }) {
    const orNone = (text: string | undefined) => (text === "" ? null : text);
    const change = given({
      content: words.TEXT === undefined ? undefined : await readText(place, words.TEXT),
      wing: orNone(options.wing),
      room: orNone(options.room),
      kind: options.kind,
      importance: decimal("importance", options.importance, 1),
      valid_from: options["valid-from"],
      valid_until: orNone(options["valid-until"]),
    });
    if (Object.keys(change).length === 0)
      throw new WrongUse(
        "Nothing says what to change.",
        "Give a TEXT or an option; see `fw help memory edit`.",
      );
    const data = await place.call<{ id: string; superseded: string | null }>("memory.edit", {
      agent: options.agent ?? DEFAULT_AGENT,
      id: words.ID,
      ...change,
    });
    const said =
      data.superseded === null
        ? `${data.id} is changed.`
        : `${data.id} takes the place of ${data.superseded}.`;
    return { data, text: [said] };
  },
});

const insights = defineCommand({
  name: "memory insights",
  summary: "What was consolidated from an agent's memories, with what it was drawn from",
  words: [],
  options: {
    ...AGENT_OPTION,
    limit: { type: "string", value: "N", summary: "At most this many (default: 50)" },
  },
  examples: ["fw memory insights"],
  async run({ options, place }) {
    const data = await place.call<{
      readonly insights: readonly (Hit & { readonly sources: number; readonly drawn_from: readonly Hit[] })[];
    }>(
      "insight.list",
      given({ agent: options.agent ?? DEFAULT_AGENT, limit: wholeNumber("limit", options.limit) }),
    );
    const drawn = (one: (typeof data.insights)[number]): Text => [
      ...describe(one),
      [
        dim(
          `      from ${one.sources === 1 ? "1 memory" : `${one.sources} memories`}: ${one.drawn_from.map(({ id }) => id).join(", ")}`,
        ),
      ],
    ];
    return { data, text: listed(data.insights, drawn, "There are none yet.") };
  },
});

const forget = defineCommand({
  name: "memory forget",
  summary: "Forget memories for good: one by its id, or all that match",
  words: ["[ID]"],
  options: {
    ...AGENT_OPTION,
    query: { type: "string", value: "TEXT", summary: "All that this finds" },
    session: { type: "string", value: "NAME", summary: "All that come from this conversation" },
    yes: { type: "boolean", summary: "Without a question" },
  },
  details: [
    "What is forgotten is gone from the index and the file too, and from every backup made after. It cannot be undone.",
  ],
  examples: [
    "fw memory forget m12",
    "fw memory forget --session s1 --yes",
    'fw memory forget --query "the old flat" --yes',
  ],
  async run({ words, options, place }) {
    const { query, session } = options;
    const ways = [words.ID, query, session].filter((one) => one !== undefined);
    if (ways.length !== 1)
      throw new WrongUse(
        ways.length === 0 ? "Nothing is named to be forgotten." : "Only one way to name them at a time.",
        "Give an ID from `fw memory search`, or --query, or --session.",
      );
    const agent = options.agent ?? DEFAULT_AGENT;
    if (words.ID === undefined && !options.yes) {
      if (!place.terminal.interactive || place.json)
        throw new WrongUse("Many memories may match, and this cannot be undone.", "Add --yes.");
      const which = query === undefined ? `from the conversation ${session}` : `that "${query}" finds`;
      const said = await place.terminal.ask(`Forget every memory of ${agent} ${which}, for good? [y/N]`);
      if (!/^y(es)?$/i.test(said?.trim() ?? ""))
        throw new FieldworkError("cancelled", "Nothing was forgotten.");
    }
    const ids = words.ID === undefined ? undefined : [words.ID];
    const data = await place.call<{ forgotten: number }>(
      "memory.forget",
      given({ agent, ids, query, session }),
    );
    const none = data.forgotten === 0;
    const text = none
      ? "Nothing matched."
      : `${data.forgotten} ${data.forgotten === 1 ? "memory is" : "memories are"} forgotten.`;
    return { data, text: [text], failed: none };
  },
});

const dream = defineCommand({
  name: "memory dream",
  summary: "Consolidate an agent's memories into insights now, as it does while idle",
  words: [],
  options: {
    ...AGENT_OPTION,
    "budget-usd": {
      type: "string",
      value: "N",
      summary: "What models may cost for it (default: 0, no model is asked)",
    },
  },
  examples: ["fw memory dream", "fw memory dream --agent notes --budget-usd 0.05"],
  async run({ options, place }) {
    const data = await place.call<{
      insights: number;
      read: number;
      cost_usd: number;
      problem: string | null;
    }>(
      "mind.dream",
      given({
        agent: options.agent ?? DEFAULT_AGENT,
        budget_usd: decimal("budget-usd", options["budget-usd"]),
      }),
    );
    const cost = data.cost_usd > 0 ? ` It cost ${data.cost_usd} US dollars.` : "";
    const text: Text = [`${counted(data.insights, "insight")} from ${data.read} memories.${cost}`];
    return { data, text: data.problem === null ? text : [...text, `No model helped: ${data.problem}`] };
  },
});

function describe(hit: Hit, before: readonly Span[] = []): Text {
  const [first = "", ...rest] = linesOf(hit.content);
  const place = [hit.wing, hit.room].filter((one) => one !== null).join("/");
  const facts = [
    hit.id,
    hit.kind,
    place,
    localTime(hit.at),
    hit.valid_to === null ? "" : `valid until ${localTime(hit.valid_to)}`,
    hit.source ?? "",
    hit.why.length === 0 ? "" : `found by ${hit.why.join(", ")}`,
  ];
  return [
    [...before, first as string],
    ...rest.map((line): Text[number] => `      ${line as string}`),
    about(facts, { tainted: hit.tainted, indent: "      " }),
  ];
}

export const MEMORY_COMMANDS: readonly Command[] = [add, search, list, show, edit, forget, insights, dream];
