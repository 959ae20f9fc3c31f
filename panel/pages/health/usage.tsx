import type { Health } from "#contract";
import { AgentName } from "../../agent/index.ts";
import { bytes, Card, count, duration } from "../../design/index.ts";
import { locale, t } from "../../text/index.ts";
import { Table } from "./table.tsx";

/** What modules and the processes they run in have used. */
export function Usage({ health }: { readonly health: Health }) {
  const used = health.usage.toSorted((a, b) => b.cpu_ms - a.cpu_ms);
  return (
    <>
      <Card title={t.health.usage}>
        <p>{used.length === 0 ? t.health.usageNone : t.health.usageMore}</p>
        {used.length > 0 && (
          <Table
            label={t.health.usage}
            columns={[
              t.health.module,
              t.health.calls,
              t.health.failures,
              t.health.cpu,
              t.health.fuel,
              t.health.peak,
              t.health.running,
            ]}
            rows={used.map((one) => [
              <AgentName key="name" id={one.id} />,
              count(one.calls),
              count(one.failures),
              duration(one.cpu_ms),
              compact.format(one.fuel),
              bytes(one.memory_peak_bytes),
              count(one.running),
            ])}
          />
        )}
      </Card>
      <Card title={t.health.processes}>
        <Table
          label={t.health.processes}
          columns={[t.health.process, t.health.memory, t.health.instances, t.health.calls, t.health.respawns]}
          rows={health.sandbox.processes.map((one) => [
            String(one.pid),
            bytes(one.rss_bytes),
            count(one.instances),
            count(one.calls),
            count(one.respawns),
          ])}
        />
      </Card>
    </>
  );
}

const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
