import type { Mail } from "#contract";
import { defineCommand, wholeNumber } from "../command/index.ts";
import { jsonText, localTime, type Span, table } from "../terminal/index.ts";

const COLOURS = { waiting: "yellow", running: "cyan", done: "green", failed: "red" } as const;

export const messageList = defineCommand({
  name: "message list",
  summary: "An agent's inbox, newest first, and what became of each message",
  words: ["ID"],
  options: { limit: { type: "string", value: "N", summary: "How many, 500 at most (default: 50)" } },
  examples: ["fw message list notes", "fw message list notes --limit 5 --json"],
  async run({ words, options, place }) {
    const limit = wholeNumber("limit", options.limit);
    const data = await place.call<{ messages: Mail[] }>("message.list", {
      to: words.ID,
      ...(limit === undefined ? {} : { limit }),
    });
    const rows = data.messages.map((one): Span[] => [
      localTime(one.at),
      { text: one.state, style: COLOURS[one.state] },
      `${one.source.kind} ${one.source.id}`,
      one.function,
      jsonText(one.payload),
      one.error === undefined ? (one.reply === undefined ? "" : jsonText(one.reply)) : jsonText(one.error),
    ]);
    const text = table(
      ["AT", "STATE", "FROM", "FUNCTION", "MESSAGE", "REPLY"],
      rows,
      place.terminal.width,
      "The inbox is empty.",
    );
    return { data, text };
  },
});
