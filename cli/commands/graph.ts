import type { GraphShown } from "#contract";
import { type Command, defineCommand, wholeNumber } from "../command/index.ts";
import { dim, localTime, styled, type Text } from "../terminal/index.ts";
import { AGENT_OPTION, DEFAULT_AGENT, given } from "./arguments.ts";
import { about, listed } from "./known.ts";

const show = defineCommand({
  name: "graph show",
  summary: "The facts an agent knows, around a name or between the best connected ones",
  words: ["[NAME]"],
  options: {
    ...AGENT_OPTION,
    depth: { type: "string", value: "N", summary: "Steps away from the name, 1 to 4 (default: 2)" },
    limit: { type: "string", value: "N", summary: "At most this many names (default: 200)" },
    "as-of": { type: "string", value: "TIME", summary: "What held at this time (ISO 8601)" },
    ended: { type: "boolean", summary: "Also facts that hold no longer" },
  },
  examples: ["fw graph show", "fw graph show Ann --depth 1 --ended"],
  async run({ words, options, place }) {
    const data = await place.call<GraphShown>(
      "graph.show",
      given({
        agent: options.agent ?? DEFAULT_AGENT,
        around: words.NAME,
        depth: wholeNumber("depth", options.depth),
        limit: wholeNumber("limit", options.limit),
        as_of: options["as-of"],
        ended: options.ended,
      }),
    );
    const text = listed(data.edges, describe, "Nothing is known.");
    return { data, text: data.truncated ? [...text, dim("There is more: give a NAME, or --limit.")] : text };
  },
});

function describe(one: GraphShown["edges"][number]): Text {
  const until = one.valid_to === null ? "" : ` until ${localTime(one.valid_to)}`;
  return [
    [
      `${one.subject} — ${one.predicate} → ${one.object}`,
      ...about([one.id, `since ${localTime(one.valid_from)}${until}`, one.memory?.id ?? ""], one),
    ],
    ...one.contradicts.map((old): Text[number] => [
      styled("yellow", `      until then: ${old.object}`),
      dim(`  ${old.id}`),
    ]),
  ];
}

const retire = defineCommand({
  name: "graph retire",
  summary: "Let a fact end; it is kept for those who ask as of before",
  words: ["ID"],
  options: {
    ...AGENT_OPTION,
    at: { type: "string", value: "TIME", summary: "When it ended (default: now)" },
  },
  examples: ["fw graph retire f7"],
  async run({ words, options, place }) {
    const data = await place.call(
      "graph.retire",
      given({ agent: options.agent ?? DEFAULT_AGENT, id: words.ID, at: options.at }),
    );
    return { data, text: [`${words.ID} holds no longer.`] };
  },
});

export const GRAPH_COMMANDS: readonly Command[] = [show, retire];
