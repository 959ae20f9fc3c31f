import type { CapabilityOutput } from "#contract";
import { useCapability } from "../../../client/index.ts";
import { count, dollars, Progress, Skeleton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./budget.module.css";
import { useConfig } from "./config.ts";
import { LiveSwitch } from "./live_switch.tsx";
import { NumberSetting } from "./number_setting.tsx";
import { Section } from "./section.tsx";

const UNLIMITED = { day_usd: null, day_tokens: null };

/** What models may cost it in a day, and how much of that is used. */
export function Budget({ id }: { readonly id: string }) {
  const words = t.agents.budget;
  const { config, saving, change } = useConfig(id);
  const { data: used } = useCapability("model.usage", { days: 1 });
  const today = used?.budgets.find(({ agent }) => agent === id);
  if (!config) return <Skeleton />;
  const own = config.budget;
  return (
    <Section title={words.title} hint={words.hint} saving={saving}>
      <LiveSwitch
        label={words.own}
        hint={words.ownHint}
        checked={own !== null}
        onSwitch={(on) =>
          change({
            budget: on ? { day_usd: today?.day_usd ?? null, day_tokens: today?.day_tokens ?? null } : null,
          })
        }
      />
      {own && (
        <div className={style.pair}>
          <NumberSetting
            label={words.usd}
            hint={words.empty}
            value={own.day_usd}
            min={0}
            step="any"
            optional
            onChange={(day_usd) => change({ budget: { ...UNLIMITED, ...own, day_usd } })}
          />
          <NumberSetting
            label={words.tokens}
            hint={words.empty}
            value={own.day_tokens}
            min={0}
            optional
            onChange={(day_tokens) => change({ budget: { ...UNLIMITED, ...own, day_tokens } })}
          />
        </div>
      )}
      {today && <BudgetUsed today={today} />}
    </Section>
  );
}

export type Today = CapabilityOutput<"model.usage">["budgets"][number];

/** How much of today's budget is used. */
export function BudgetUsed({ today }: { readonly today: Today }) {
  const words = t.agents.budget;
  const { spent_usd, reserved_usd, day_usd, spent_tokens, day_tokens } = today;
  return (
    <div className={style.used}>
      <p>
        {words.used(
          day_usd === null ? dollars(spent_usd) : words.of(dollars(spent_usd), dollars(day_usd)),
          day_tokens === null ? count(spent_tokens) : words.of(count(spent_tokens), count(day_tokens)),
        )}
      </p>
      {day_usd !== null && day_usd > 0 && (
        <Progress label={words.usedUsd} value={Math.min(1, (spent_usd + reserved_usd) / day_usd)} />
      )}
      {day_tokens !== null && day_tokens > 0 && (
        <Progress label={words.usedTokens} value={Math.min(1, spent_tokens / day_tokens)} />
      )}
    </div>
  );
}
