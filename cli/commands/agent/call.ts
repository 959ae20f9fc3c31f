import { FieldworkError, type JsonObject, type Mail } from "#contract";
import { defineCommand, WrongUse, wholeNumber } from "../../command/index.ts";
import { jsonText, linesOf, type Text } from "../../terminal/index.ts";
import { readJson } from "../arguments.ts";

export const call = defineCommand({
  name: "agent call",
  summary: "Send an agent a message, or call one of its functions, and wait for the reply",
  words: ["ID", "[TEXT]"],
  options: {
    session: { type: "string", value: "NAME", summary: "The conversation it belongs to" },
    function: {
      type: "string",
      value: "NAME",
      summary: "Call this function; TEXT is then its arguments as JSON",
    },
    "timeout-ms": { type: "string", value: "N", summary: "With --function: wait this long at most" },
  },
  details: [
    "TEXT `-` is read from standard input. A message is durable once it is accepted; a function call is not kept.",
  ],
  examples: [
    'fw agent call notes "What did I write yesterday?"',
    'fw agent call notes --function count \'{"since": "2026-01-01"}\'',
  ],
  async run({ words, options, place }) {
    const timeout_ms = wholeNumber("timeout-ms", options["timeout-ms"]);
    if (options.function !== undefined) {
      const data = await place.call<{ reply: JsonObject }>("module.invoke", {
        id: words.ID,
        function: options.function,
        args: await readJson(place, words.TEXT),
        ...(timeout_ms === undefined ? {} : { timeout_ms }),
      });
      return { data, text: replyText(data.reply) };
    }
    if (words.TEXT === undefined) throw new WrongUse("There is no message.", 'fw agent call ID "TEXT"');
    const text = words.TEXT === "-" ? await place.terminal.readInput() : words.TEXT;
    const data = await place.call<{ mail?: Mail }>("message.send", {
      to: words.ID,
      text,
      wait: true,
      ...(options.session === undefined ? {} : { session: options.session }),
    });
    if (data.mail?.state === "failed") throw failure(words.ID, data.mail);
    return { data, text: replyText(data.mail?.reply) };
  },
});

/** What an agent says is its `reply` where that is text, else the whole of it as JSON. */
function replyText(reply: unknown): Text {
  const said = typeof reply === "object" && reply !== null && "reply" in reply ? reply.reply : reply;
  return linesOf(typeof said === "string" ? said : jsonText(reply ?? null, 2));
}

function failure(id: string, { error, trace }: Mail): FieldworkError {
  const { message, remedy } = (error ?? {}) as { message?: unknown; remedy?: unknown };
  return new FieldworkError(
    "module_crashed",
    `${id} failed: ${typeof message === "string" ? message : jsonText(error ?? null)}`,
    {
      remedy: `${typeof remedy === "string" ? `${remedy} ` : ""}See \`fw journal --trace ${trace}\`.`,
      details: error ?? null,
    },
  );
}
