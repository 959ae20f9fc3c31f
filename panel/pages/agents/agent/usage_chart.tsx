import type { CapabilityOutput } from "#contract";
import { count, dollars } from "../../../design/index.ts";
import { locale, t } from "../../../text/index.ts";
import style from "./usage_chart.module.css";

type Usage = CapabilityOutput<"model.usage">["usage"][number];

const DAY_MS = 86_400_000;
const dayName = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });

/** The tokens of each day, as bars; the same as a table for those who do not see them. */
export function UsageChart({ usage, days }: { readonly usage: readonly Usage[]; readonly days: number }) {
  const words = t.agents.overview;
  const bars = daysUpTo(Date.now(), days).map((day) => {
    const those = usage.filter((one) => one.day === day);
    const input = those.reduce((sum, one) => sum + one.input_tokens, 0);
    const output = those.reduce((sum, one) => sum + one.output_tokens, 0);
    return { day, input, output, cost: those.reduce((sum, one) => sum + one.cost_usd, 0) };
  });
  const most = Math.max(1, ...bars.map(({ input, output }) => input + output));
  return (
    <figure className={style.chart}>
      <div className={style.bars} aria-hidden>
        {bars.map(({ day, input, output, cost }) => (
          <div
            key={day}
            title={words.day(dayName.format(new Date(day)), count(input), count(output), dollars(cost))}
          >
            <span style={{ height: `${(100 * output) / most}%` }} data-output />
            <span style={{ height: `${(100 * input) / most}%` }} />
          </div>
        ))}
      </div>
      <figcaption>
        <span>{dayName.format(new Date(bars[0]?.day ?? 0))}</span>
        <span>{words.chart}</span>
        <span>{words.today}</span>
      </figcaption>
      <div className="visually-hidden">
        <table>
          <caption>{words.chart}</caption>
          <tbody>
            {bars.map(({ day, input, output, cost }) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                <td>{words.day(day, count(input), count(output), dollars(cost))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

/** Days in UTC, as the gateway counts them; today is the last one. */
const daysUpTo = (now: number, days: number): readonly string[] =>
  Array.from({ length: days }, (_, at) =>
    new Date(now - (days - 1 - at) * DAY_MS).toISOString().slice(0, 10),
  );
