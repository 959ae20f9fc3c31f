import type { TraceSpan } from "#contract";
import { defineCommand } from "../command/index.ts";
import { dim, type Line, padTo, styled } from "../terminal/index.ts";

interface Trace {
  readonly ms: number;
  readonly spans: readonly TraceSpan[];
  readonly events: number;
  readonly truncated: boolean;
}

const NAME_WIDTH = 48;

export const journalTrace = defineCommand({
  name: "journal trace",
  summary: "One trace, such as a turn, as a tree of what happened with the time it took",
  words: ["TRACE"],
  options: {},
  examples: ["fw journal trace 4bf92f3577b34da6a3ce929d0e0e4736"],
  async run({ words, place }) {
    const data = await place.call<Trace>("journal.trace", { trace: words.TRACE });
    if (data.spans.length === 0)
      return { data, text: [`The journal knows nothing of ${words.TRACE}.`], failed: true };
    const begun = Math.min(...data.spans.map(({ start }) => Date.parse(start)));
    return {
      data,
      text: [
        ...data.spans.map((one) => spanLine(one, begun)),
        dim(`${data.events} events, ${data.ms} ms${data.truncated ? "; there are more" : ""}`),
      ],
    };
  },
});

function spanLine(one: TraceSpan, begun: number): Line {
  const name = `${"  ".repeat(one.depth)}${one.subject ?? one.kind}`;
  return [
    dim(`${String(Date.parse(one.start) - begun).padStart(7)} ms  `),
    styled(one.ok === false ? "red" : "cyan", padTo(name, NAME_WIDTH)),
    ` ${String(one.ms).padStart(9)} ms`,
    dim(`  ${one.actor}${one.code === null ? "" : ` · ${one.code}`}`),
  ];
}
