import { Check } from "lucide-react";
import { t } from "../text/index.ts";
import style from "./steps.module.css";

const STEPS = [t.welcome.owner, t.welcome.model, t.welcome.begin];

/** Where in the first run one is; `current` counts from 0. */
export function Steps({ current }: { readonly current: number }) {
  return (
    <ol className={style.steps} aria-label={t.welcome.steps}>
      {STEPS.map((words, at) => (
        <li
          key={words}
          aria-current={at === current ? "step" : undefined}
          className={at < current ? style.over : undefined}
        >
          <span>{at < current ? <Check size={13} strokeWidth={3} aria-hidden /> : at + 1}</span>
          {words}
        </li>
      ))}
    </ol>
  );
}
