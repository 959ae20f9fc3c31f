const SERIES_MAX = 500;

/** A counter with labels that only ever rises. Beyond a few hundred label sets, new ones count as `other`. */
export interface Counter {
  add(labels: Readonly<Record<string, string>>, by?: number): void;
  /** In the text exposition format of Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/). */
  text(): string;
}

export function createCounter(name: string, help: string): Counter {
  const series = new Map<string, number>();
  return {
    add(labels, by = 1) {
      const key = labelText(labels);
      const known = series.has(key) || series.size < SERIES_MAX;
      const counted = known ? key : labelText(mapValues(labels, () => "other"));
      series.set(counted, (series.get(counted) ?? 0) + by);
    },
    text: () =>
      `# HELP ${name} ${help}\n# TYPE ${name} counter\n${[...series].map(([labels, value]) => `${name}${labels} ${value}\n`).join("")}`,
  };
}

/** One gauge with its values by label set. */
export function gaugeText(
  name: string,
  help: string,
  values: readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[],
): string {
  const lines = values.map(([labels, value]) => `${name}${labelText(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join("")}`;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escaped(value.slice(0, 128))}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

const escaped = (value: string): string =>
  value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

const mapValues = (labels: Readonly<Record<string, string>>, change: (value: string) => string) =>
  Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, change(value)]));
