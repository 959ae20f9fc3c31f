import type { Event, TraceSpan } from "#contract";
import type { Hue } from "../../../receipt/index.ts";
import { t } from "../../../text/index.ts";

/** A span of a trace in words, with the events it consists of. */
export interface Step {
  readonly span: TraceSpan;
  readonly name: string;
  /** What stands behind the name: a model, a tool, a capability. */
  readonly detail: string;
  readonly hue: Hue;
  readonly events: readonly Event[];
  /** Where it begins and how long it is, as parts (0…1) of the whole trace. */
  readonly from: number;
  readonly length: number;
  /** So short, and without others in it, that it can be left out. */
  readonly small: boolean;
}

export interface Figures {
  readonly modelsMs: number;
  readonly toolsMs: number;
  readonly recallMs: number;
  readonly input: number;
  readonly output: number;
  readonly usd: number;
  readonly agent: string | undefined;
  readonly session: string | undefined;
}

const SMALL_PART = 0.01;
const HUES: readonly (readonly [family: RegExp, hue: Hue])[] = [
  [/^llm\./, 4],
  [/^tool\./, 3],
  [/^(mind|store\.brain|recall|lesson)\b/, 1],
  [/^(session|turn|message)\b/, 2],
];

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const numberOf = (value: unknown): number => (typeof value === "number" ? value : 0);

/** The spans of a trace as steps, in their order. */
export function stepsOf(spans: readonly TraceSpan[], events: readonly Event[]): readonly Step[] {
  const begins = Math.min(...spans.map(({ start }) => Date.parse(start)));
  const ends = Math.max(...spans.map(({ end }) => Date.parse(end)));
  const whole = Math.max(1, ends - begins);
  const parents = new Set(spans.map(({ parent }) => parent));
  const bySpan = Map.groupBy(events, ({ span }) => span);
  return spans.map((span) => {
    const own = bySpan.get(span.span) ?? [];
    const names = [span.subject ?? "", span.kind];
    const tool = own.find(({ kind }) => kind === "tool.called" || kind === "tool.replied")?.subject;
    const model = own.find(({ kind }) => kind === "llm.replied" || kind === "llm.requested")?.subject;
    const subject = span.subject ?? span.kind;
    return {
      span,
      name: t.journal.steps[subject] ?? t.journal.steps[span.kind] ?? subject,
      detail: tool ?? model ?? (t.journal.steps[subject] ? subject : (span.subject ?? "")),
      hue: tool
        ? 3
        : (HUES.find(([family]) => names.some((name) => name !== "" && family.test(name)))?.[1] ?? 6),
      events: own,
      from: Math.max(0, (Date.parse(span.start) - begins) / whole),
      length: Math.min(1, span.ms / whole),
      small: span.ok !== false && span.ms / whole < SMALL_PART && !parents.has(span.span) && !tool && !model,
    };
  });
}

/** What a trace took in time, tokens and money. */
export function figuresOf(events: readonly Event[]): Figures {
  const replies = events.filter(({ kind }) => kind === "llm.replied");
  const sum = (of: readonly Event[], name: string) =>
    of.reduce((total, { data }) => total + numberOf(data[name]), 0);
  const called = (name: string) =>
    events.filter(({ kind, subject }) => kind === "capability.called" && subject === name);
  const turn = events.find(({ kind }) => kind === "turn.finished" || kind === "message.received");
  return {
    modelsMs: sum(replies, "ms"),
    toolsMs: sum(
      events.filter(({ kind }) => kind === "tool.replied"),
      "ms",
    ),
    recallMs: sum(called("mind.prepare"), "ms"),
    input: sum(replies, "input_tokens"),
    output: sum(replies, "output_tokens"),
    usd: sum(replies, "cost_usd"),
    agent:
      textOf(turn?.data.agent) ??
      (turn?.kind === "message.received" ? (turn.subject ?? undefined) : undefined),
    session: textOf(turn?.data.session),
  };
}
