import { refresh, useAct, useUsualPolicy } from "../../client/index.ts";
import { Choice, ProblemNotice, Skeleton, say } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import { SectionHead } from "./section.tsx";
import style from "./settings.module.css";

/** What is decided about each effect where an agent's own policy says nothing. */
export function Policies() {
  const { setting, set: policy, error, usual } = useUsualPolicy();
  const set = useAct("setting.set", () => {
    say(t.common.saved);
    refresh("setting.");
  });
  return (
    <>
      <SectionHead title={t.settings.sections.policies} lead={t.settings.policies.lead} />
      {(error ?? set.problem) && <ProblemNotice problem={error ?? set.problem} />}
      {!policy && !error && <Skeleton lines={6} />}
      {policy && (
        <ul className={style.rows}>
          {Object.entries(t.settings.policies.effects).map(([effect, [name, about]]) => (
            <li key={effect} className={style.row}>
              <div>
                <p className={style.name}>{name}</p>
                <p className={style.about}>{about}</p>
              </div>
              <Choice
                label={name}
                value={usual(effect)}
                options={[
                  ["allow", t.settings.policies.allow],
                  ["ask", t.settings.policies.ask, "warn"],
                  ["deny", t.settings.policies.deny, "bad"],
                ]}
                onChange={(decision) =>
                  void set
                    .run({ key: setting, value: { ...policy, [effect]: decision } })
                    .catch(() => undefined)
                }
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
