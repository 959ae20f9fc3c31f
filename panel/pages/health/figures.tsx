import type { Health } from "#contract";
import { Sparkline } from "../../chart/index.ts";
import { bytes, Card, count, duration } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import style from "./health.module.css";
import type { Sample } from "./use_history.ts";

/** What the processes take just now, and took since one looks. */
export function Figures({
  health,
  history,
}: {
  readonly health: Health;
  readonly history: readonly Sample[];
}) {
  const sandboxes = health.sandbox.processes.reduce((sum, one) => sum + one.rss_bytes, 0);
  const figures = [
    [t.health.loop, duration(health.event_loop_delay_ms.p99), history.map(({ loop_ms }) => loop_ms)],
    [
      `${t.health.memory}: ${t.health.server}`,
      bytes(health.memory.rss_bytes),
      history.map(({ server_bytes }) => server_bytes),
    ],
    [
      `${t.health.memory}: ${t.health.sandboxes}`,
      bytes(sandboxes),
      history.map(({ sandbox_bytes }) => sandbox_bytes),
    ],
    [t.health.inbox, t.health.inboxWords(health.inbox.running, health.inbox.waiting), undefined],
    [t.health.journal, t.health.events(count(health.journal.last_seq)), undefined],
  ] as const;
  return (
    <Card title={t.health.now}>
      <ul className={style.figures}>
        {figures.map(([name, words, values]) => (
          <li key={name}>
            <span>{name}</span>
            <strong>{words}</strong>
            {values && <Sparkline values={values} words={t.health.chart(name, words)} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}
