import { expect, test } from "vitest";
import { createMetrics } from "./index.ts";

const gauges = { inbox: { waiting: 2, running: 1 }, unwritten: 3, lastSeq: 4, safeMode: true, approvals: 5 };
const record = {
  function: "f",
  trace: "t",
  span: "s",
  parent: null,
  ok: false,
  code: "timeout",
  cpuMs: 1500,
  wallMs: 1,
  fuel: 7,
  memoryBytes: 1,
  calls: 1,
  localCalls: 0,
};

test("every line is of Prometheus's text format, every series is announced once", () => {
  const metrics = createMetrics();
  metrics.called("time.now", "ok");
  metrics.called("time.now", "ok");
  metrics.called('evil"}\n# x 1', "unknown_capability");
  metrics.invoked(record);
  const text = metrics.text(gauges);
  expect(text.endsWith("\n")).toBe(true);
  const lines = text.trimEnd().split("\n");
  for (const line of lines)
    expect(line).toMatch(
      /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[\w.]*"(,[a-z]+="[\w.]*")*\})? [\d.e+]+)$/,
    );
  const announced = lines.filter((line) => line.startsWith("# TYPE"));
  expect(new Set(announced).size).toBe(announced.length);
  expect(lines).toContain('fieldwork_calls_total{cap="time.now",outcome="ok"} 2');
  expect(lines).toContain('fieldwork_invocations_total{outcome="timeout"} 1');
  expect(lines).toContain("fieldwork_sandbox_cpu_seconds_total 1.5");
  expect(lines).toContain("fieldwork_safe_mode 1");
});

test("made-up names do not make series without end", () => {
  const metrics = createMetrics();
  for (let n = 0; n < 3000; n++) metrics.called(`made.up${n}`, "unknown_capability");
  expect(metrics.text(gauges).match(/^fieldwork_calls_total\{/gm)).toHaveLength(2000);
});
