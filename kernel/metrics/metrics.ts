export interface Gauges {
  readonly inbox: { readonly waiting: number; readonly running: number };
  readonly unwritten: number;
  readonly lastSeq: number;
  readonly safeMode: boolean;
  readonly approvals: number;
}

/** Counters since the start, in the text format of Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/). */
export interface Metrics {
  called(cap: string, outcome: string): void;
  invoked(call: { readonly code: string | null; readonly cpuMs: number; readonly fuel: number }): void;
  text(gauges: Gauges): string;
}

const SERIES_MAX = 2000;

export function createMetrics(): Metrics {
  const calls = new Map<string, number>();
  const invocations = new Map<string, number>();
  let cpuMs = 0;
  let fuel = 0;
  const count = (series: Map<string, number>, labels: string) => {
    if (series.has(labels) || series.size < SERIES_MAX) series.set(labels, (series.get(labels) ?? 0) + 1);
  };
  return {
    called: (cap, outcome) =>
      count(calls, `cap="${cap.replaceAll(/[^\w.]/g, "_").slice(0, 64)}",outcome="${outcome}"`),
    invoked(call) {
      count(invocations, `outcome="${call.code ?? "ok"}"`);
      cpuMs += call.cpuMs;
      fuel += call.fuel;
    },
    text(gauges) {
      const { rss, heapUsed } = process.memoryUsage();
      const lines = [
        ...series("fieldwork_calls_total", "Calls from outside by capability and outcome", calls),
        ...series("fieldwork_invocations_total", "Calls of modules by outcome", invocations),
        ...one("fieldwork_sandbox_cpu_seconds_total", "counter", "CPU time spent in modules", cpuMs / 1000),
        ...one("fieldwork_sandbox_fuel_total", "counter", "Fuel used by modules", fuel),
        ...one("fieldwork_inbox_waiting", "gauge", "Messages that wait", gauges.inbox.waiting),
        ...one("fieldwork_inbox_running", "gauge", "Messages being handled", gauges.inbox.running),
        ...one("fieldwork_journal_unwritten", "gauge", "Events not yet in the file", gauges.unwritten),
        ...one(
          "fieldwork_journal_events_total",
          "counter",
          "Events in the journal's numbering",
          gauges.lastSeq,
        ),
        ...one("fieldwork_safe_mode", "gauge", "1 in safe mode", gauges.safeMode ? 1 : 0),
        ...one("fieldwork_approvals_waiting", "gauge", "Approvals that wait", gauges.approvals),
        ...one("process_resident_memory_bytes", "gauge", "Resident memory of the kernel process", rss),
        ...one("nodejs_heap_used_bytes", "gauge", "Heap in use", heapUsed),
      ];
      return `${lines.join("\n")}\n`;
    },
  };
}

function series(name: string, help: string, values: ReadonlyMap<string, number>): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} counter`,
    ...[...values].map(([labels, value]) => `${name}{${labels}} ${value}`),
  ];
}

function one(name: string, type: "counter" | "gauge", help: string, value: number): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, `${name} ${value}`];
}
