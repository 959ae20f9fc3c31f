import { Bars, DayBars } from "../../../chart/index.ts";
import { useCapability } from "../../../client/index.ts";
import { Card, count, dollars, ProblemNotice, Skeleton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "../settings.module.css";

const DAYS = 30;

interface Sum {
  readonly calls: number;
  readonly tokens: number;
  readonly cost_usd: number;
}

const words = ({ calls, tokens, cost_usd }: Sum) =>
  t.settings.models.usageSum(count(calls), count(tokens), dollars(cost_usd));

/** What models were used for, and what it cost. */
export function Usage() {
  const { data, error } = useCapability("model.usage", { days: DAYS });
  if (error) return <ProblemNotice problem={error} />;
  if (!data) return <Skeleton />;
  const byModel = [...Map.groupBy(data.usage, ({ model }) => model)]
    .map(([model, rows]) => ({
      model,
      calls: rows.reduce((sum, one) => sum + one.calls, 0),
      tokens: rows.reduce((sum, one) => sum + one.input_tokens + one.output_tokens, 0),
      cost_usd: rows.reduce((sum, one) => sum + one.cost_usd, 0),
    }))
    .sort((a, b) => b.cost_usd - a.cost_usd || b.tokens - a.tokens);
  const costs = data.days.some(({ cost_usd }) => cost_usd > 0);
  return (
    <Card title={t.settings.models.usage}>
      {byModel.length === 0 ? (
        <p className={style.soft}>{t.settings.models.usageNone}</p>
      ) : (
        <>
          <p className={style.soft}>{t.settings.models.usageDays}</p>
          <DayBars
            label={costs ? t.settings.models.cost : t.settings.models.tokens}
            days={data.days.map((one) => ({
              day: one.day,
              parts: costs ? [one.cost_usd] : [one.input_tokens, one.output_tokens],
              words: words({ ...one, tokens: one.input_tokens + one.output_tokens }),
            }))}
          />
          <h3>{t.settings.models.byModel}</h3>
          <Bars
            label={t.settings.models.byModel}
            bars={byModel.map((one) => ({
              name: one.model,
              value: costs ? one.cost_usd : one.tokens,
              words: words(one),
            }))}
          />
        </>
      )}
      {data.budgets.some(({ day_usd }) => day_usd !== null) && (
        <>
          <h3>{t.settings.models.budgets}</h3>
          <Bars
            label={t.settings.models.budgets}
            bars={data.budgets.flatMap(({ agent, day_usd, spent_usd }) =>
              day_usd === null
                ? []
                : [
                    {
                      name: agent,
                      value: spent_usd / day_usd,
                      words: t.settings.models.of(dollars(spent_usd), dollars(day_usd)),
                    },
                  ],
            )}
          />
        </>
      )}
    </Card>
  );
}
