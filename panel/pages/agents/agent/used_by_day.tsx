import type { CapabilityOutput } from "#contract";
import { DayBars } from "../../../chart/index.ts";
import { count, dollars } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./overview.module.css";

type Used = CapabilityOutput<"model.usage">;

/** The tokens of each day, of all models together. `usage`: one agent's. */
export function UsedByDay({ days, usage }: Pick<Used, "days" | "usage">) {
  const words = t.agents.overview;
  const byDay = Map.groupBy(usage, ({ day }) => day);
  return (
    <div className={style.chart}>
      <DayBars
        label={words.chart}
        days={days.map(({ day }) => {
          const rows = byDay.get(day) ?? [];
          const input = rows.reduce((sum, one) => sum + one.input_tokens, 0);
          const output = rows.reduce((sum, one) => sum + one.output_tokens, 0);
          const cost = rows.reduce((sum, one) => sum + one.cost_usd, 0);
          return {
            day,
            parts: [input, output],
            words: words.day(count(input), count(output), dollars(cost)),
          };
        })}
      />
    </div>
  );
}
