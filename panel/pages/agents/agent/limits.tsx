import { type Decision, useUsualPolicy } from "../../../client/index.ts";
import { Choice, ProblemNotice, Skeleton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import type { Agent } from "../module.ts";
import { useConfig } from "./config.ts";
import style from "./limits.module.css";
import { NumberSetting } from "./number_setting.tsx";
import { Section } from "./section.tsx";

const EFFECTS = ["tainted", "read", "write", "network", "exec", "message", "money", "system"] as const;
const MEMORY_MAX_MB = 4096;
const CALL_MAX_S = 600;

/** What a person is asked about, and how much of this machine it may take. */
export function Limits({ agent }: { readonly agent: Agent }) {
  const words = t.agents.limits;
  const { config, error, refetch, saving, change } = useConfig(agent.id);
  const more = useConfig(agent.id);
  const { usual } = useUsualPolicy();
  if (error) return <ProblemNotice problem={error} retry={() => void refetch()} />;
  if (!config) return <Skeleton lines={8} />;
  return (
    <>
      <Section title={words.policy} hint={words.policyHint} saving={saving}>
        <ul className={style.policies}>
          {EFFECTS.map((effect) => {
            const now = (config.policy[effect] as Decision | undefined) ?? usual(effect);
            return (
              <li key={effect}>
                <div>
                  <strong>{words.effects[effect][0]}</strong>
                  <small>{words.effects[effect][1]}</small>
                </div>
                <Choice
                  label={words.effects[effect][0]}
                  value={now}
                  options={[
                    ["allow", words.decisions.allow],
                    ["ask", words.decisions.ask, "warn"],
                    ["deny", words.decisions.deny, "bad"],
                  ]}
                  onChange={(decision) => void change({ policy: { [effect]: decision } })}
                />
              </li>
            );
          })}
        </ul>
      </Section>
      <Section title={words.machine} hint={words.machineHint} saving={more.saving}>
        <div className={style.numbers}>
          <NumberSetting
            label={words.memory}
            hint={words.memoryHint}
            value={config.memory_max_mb}
            min={1}
            max={MEMORY_MAX_MB}
            onChange={(memory_max_mb) => more.change({ memory_max_mb })}
          />
          <NumberSetting
            label={words.time}
            hint={words.timeHint}
            value={config.timeout_call_ms / 1000}
            min={0.001}
            max={CALL_MAX_S}
            step="any"
            onChange={(seconds) => more.change({ timeout_call_ms: Math.round(seconds * 1000) })}
          />
          <NumberSetting
            label={words.fuel}
            hint={words.fuelHint}
            value={config.fuel_per_call}
            min={1}
            max={Number.MAX_SAFE_INTEGER}
            onChange={(fuel_per_call) => more.change({ fuel_per_call })}
          />
        </div>
      </Section>
    </>
  );
}
