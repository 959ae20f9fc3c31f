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
      {today && (
        <div className={style.used}>
          <p>{words.used(dollars(today.spent_usd), count(today.spent_tokens))}</p>
          {today.day_usd !== null && today.day_usd > 0 && (
            <>
              <Progress
                label={words.usedLabel}
                value={Math.min(1, (today.spent_usd + today.reserved_usd) / today.day_usd)}
              />
              <small>{words.of(dollars(today.day_usd))}</small>
            </>
          )}
          {today.day_tokens !== null && today.day_tokens > 0 && (
            <>
              <Progress label={words.usedLabel} value={Math.min(1, today.spent_tokens / today.day_tokens)} />
              <small>{words.ofTokens(count(today.day_tokens))}</small>
            </>
          )}
        </div>
      )}
    </Section>
  );
}
