import { History } from "lucide-react";
import { useMemo } from "react";
import { Button } from "../../../design/index.ts";
import { locale, t } from "../../../text/index.ts";
import style from "./graph.module.css";
import type { Fact } from "./scene.ts";

const words = t.mind.graph;
const STEPS = 400;
const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });

/** Goes back through what was known to hold at a time. */
export function TimeSlider({
  facts,
  moment,
  onMoment,
}: {
  readonly facts: readonly Fact[];
  /** Milliseconds since 1970. */
  readonly moment: number | "now";
  onMoment(moment: number | "now"): void;
}) {
  const { first, now } = useMemo(
    () => ({
      first: facts.reduce((least, { valid_from }) => Math.min(least, Date.parse(valid_from)), Date.now()),
      now: Date.now(),
    }),
    [facts],
  );
  const span = Math.max(1, now - first);
  const value = moment === "now" ? STEPS : Math.round(((moment - first) / span) * STEPS);
  const told = moment === "now" ? words.now : day.format(moment);
  return (
    <div className={style.time}>
      <History size={16} aria-hidden />
      <label>
        <span className="visually-hidden">{words.time}</span>
        <input
          type="range"
          min={0}
          max={STEPS}
          value={value}
          aria-valuetext={told}
          onChange={({ target }) =>
            onMoment(
              Number(target.value) >= STEPS ? "now" : first + (Number(target.value) / STEPS) * span + 1,
            )
          }
        />
      </label>
      <output>{told}</output>
      {moment !== "now" && (
        <Button small look="quiet" onClick={() => onMoment("now")}>
          {words.now}
        </Button>
      )}
    </div>
  );
}
