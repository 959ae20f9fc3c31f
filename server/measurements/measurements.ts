import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Event } from "#contract";
import type { EventSource } from "../port.ts";
import { createCounter, gaugeText } from "./exposition.ts";

const BATCH = 500;
/** How long what the journal holds may wait to be counted: it is read in large pieces, and before it is pruned. */
const COUNT_EVERY_MS = 5000;
const LOOP_SAMPLE_MS = 20;

/** Counters of what the journal says happened since the start: turns, model calls, tokens, cost, tools. */
export interface Measurements {
  /** All that is in the journal now, counted, as Prometheus text; with the delay of the event loop since the last time. */
  text(gauges: { readonly event_clients: number }): Promise<string>;
  stop(): void;
}

export function createMeasurements(events: EventSource): Measurements {
  const turns = createCounter("fieldwork_turns_total", "Turns of agents that ended, by outcome");
  const calls = createCounter("fieldwork_model_calls_total", "Calls of models, by model and outcome");
  const tokens = createCounter("fieldwork_model_tokens_total", "Tokens of models, by model and kind");
  const cost = createCounter("fieldwork_model_cost_usd_total", "What models cost, by model, in US dollars");
  const seconds = createCounter("fieldwork_model_seconds_total", "Time spent waiting for models, by model");
  const tools = createCounter("fieldwork_tool_calls_total", "Calls of tools, by tool and outcome");

  const count: Readonly<Record<string, (event: Event) => void>> = {
    "turn.finished": ({ data }) => turns.add({ outcome: data.ok === true ? "ok" : "failed" }),
    "tool.replied": ({ subject, data }) =>
      tools.add({ tool: subject ?? "", outcome: data.ok === true ? "ok" : "failed" }),
    "llm.replied": ({ subject, data }) => {
      const model = subject ?? "";
      calls.add({ model, outcome: data.ok === true ? "ok" : String(data.code ?? "failed") });
      for (const kind of ["input", "output", "cache_read", "cache_write", "thinking"]) {
        const used = numberOf(data[`${kind}_tokens`]);
        if (used > 0) tokens.add({ model, kind }, used);
      }
      if (numberOf(data.cost_usd) > 0) cost.add({ model }, numberOf(data.cost_usd));
      seconds.add({ model }, numberOf(data.ms) / 1000);
    },
  };
  const start = events.lastSeq();
  const cursors = new Map(Object.keys(count).map((kind) => [kind, start]));

  const catchUp = async (): Promise<void> => {
    const last = events.lastSeq();
    for (const [kind, act] of Object.entries(count)) {
      for (let batch: readonly Event[] = []; ; await new Promise(setImmediate)) {
        batch = events.read(cursors.get(kind) ?? start, BATCH, { kind });
        for (const event of batch) {
          act(event);
          cursors.set(kind, event.seq);
        }
        if (batch.length < BATCH) break;
      }
      // Only what was given out before can be passed over: later events may have come meanwhile.
      if (events.read(last - 1, 1, {}).length === 1)
        cursors.set(kind, Math.max(cursors.get(kind) ?? start, last));
    }
  };
  let counting: Promise<void> = Promise.resolve();
  const countAll = (): Promise<void> => {
    counting = counting.then(catchUp).catch(() => {});
    return counting;
  };

  let counted = start;
  const timer = setInterval(() => {
    if (events.lastSeq() === counted) return;
    counted = events.lastSeq();
    void countAll();
  }, COUNT_EVERY_MS).unref();
  const delay = monitorEventLoopDelay({ resolution: LOOP_SAMPLE_MS });
  delay.enable();

  const loopText = (): string => {
    const secondsAt = (nanoseconds: number) => Math.max(0, (nanoseconds / 1e6 - LOOP_SAMPLE_MS) / 1000);
    const text = gaugeText(
      "fieldwork_event_loop_delay_seconds",
      "Delay of the event loop since the last reading",
      [
        [{ quantile: "0.5" }, secondsAt(delay.percentile(50))],
        [{ quantile: "0.99" }, secondsAt(delay.percentile(99))],
        [{ quantile: "1" }, secondsAt(delay.max)],
      ],
    );
    delay.reset();
    return text;
  };

  return {
    async text({ event_clients }) {
      await countAll();
      const clients = gaugeText("fieldwork_event_clients", "Open event streams", [[{}, event_clients]]);
      return (
        [turns, calls, tokens, cost, seconds, tools].map((one) => one.text()).join("") + clients + loopText()
      );
    },
    stop() {
      clearInterval(timer);
      delay.disable();
    },
  };
}

const numberOf = (value: unknown): number =>
  typeof value === "number" && Number.isFinite(value) ? value : 0;
