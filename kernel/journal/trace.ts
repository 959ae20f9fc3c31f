import type { JsonObject, TraceSpan } from "#contract";

/** What is needed of an event to draw a trace. */
export interface TracedEvent {
  readonly seq: number;
  readonly at: number;
  readonly span: string;
  readonly parent: string | null;
  readonly actor: string;
  readonly kind: string;
  readonly subject: string | null;
  readonly data: JsonObject;
}

const EVENTS_OF_SPAN_MAX = 100;

interface Growing {
  readonly span: string;
  parent: string | null;
  start: number;
  end: number;
  told: TracedEvent;
  ok: boolean | null;
  code: string | null;
  readonly events: number[];
}

/** The last of these to come tells what the span is; others only add to it. */
const TELLING = ["turn.started", "capability.called", "module.called"];

/**
 * The spans of a trace in the order of their tree, each with its times. An event that says how long something took (`ms`,
 * `wall_ms`) stands at its end.
 */
export function spansOf(events: readonly TracedEvent[]): TraceSpan[] {
  const spans = new Map<string, Growing>();
  for (const event of events) {
    const { seq, at, span, parent, data } = event;
    const start = at - lengthOf(data);
    const known = spans.get(span);
    const one: Growing = known ?? {
      span,
      parent,
      start,
      end: at,
      told: event,
      ok: null,
      code: null,
      events: [],
    };
    if (!known) spans.set(span, one);
    one.parent ??= parent;
    one.start = Math.min(one.start, start);
    one.end = Math.max(one.end, at);
    if (TELLING.indexOf(event.kind) > TELLING.indexOf(one.told.kind)) one.told = event;
    if (typeof data.ok === "boolean") one.ok = data.ok;
    if (typeof data.code === "string") one.code = data.code;
    if (one.events.length < EVENTS_OF_SPAN_MAX) one.events.push(seq);
  }
  return inOrder(spans);
}

function lengthOf(data: JsonObject): number {
  const length = data.ms ?? data.wall_ms;
  return typeof length === "number" && length > 0 ? length : 0;
}

function inOrder(spans: ReadonlyMap<string, Growing>): TraceSpan[] {
  const children = new Map<string | null, Growing[]>();
  for (const one of spans.values()) {
    const parent =
      one.parent !== null && spans.has(one.parent) && one.parent !== one.span ? one.parent : null;
    children.getOrInsertComputed(parent, () => []).push(one);
  }
  const found: TraceSpan[] = [];
  const seen = new Set<string>();
  const waiting: { readonly one: Growing; readonly parent: string | null; readonly depth: number }[] = [];
  const add = (parent: string | null, depth: number) => {
    const of = (children.get(parent) ?? []).sort((a, b) => b.start - a.start);
    for (const one of of) waiting.push({ one, parent, depth });
  };
  const walk = () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { one, parent, depth } = next;
      if (seen.has(one.span)) continue;
      seen.add(one.span);
      found.push(shown(one, parent, depth));
      add(one.span, depth + 1);
    }
  };
  add(null, 0);
  walk();
  // Spans that name each other as parents belong to nobody.
  for (const one of spans.values()) {
    if (!seen.has(one.span)) waiting.push({ one, parent: null, depth: 0 });
    walk();
  }
  return found;
}

const iso = (ms: number) => new Date(ms).toISOString();

const shown = (one: Growing, parent: string | null, depth: number): TraceSpan => ({
  span: one.span,
  parent,
  depth,
  actor: one.told.actor,
  kind: one.told.kind,
  subject: one.told.subject,
  start: iso(one.start),
  end: iso(one.end),
  ms: Math.round((one.end - one.start) * 1000) / 1000,
  ok: one.ok,
  code: one.code,
  events: one.events,
});
