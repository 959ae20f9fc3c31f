import { type FormEvent, useState } from "react";
import { refresh, useAct } from "../../../client/index.ts";
import { Button, Dialog, ProblemNotice, Select, say, TextArea, TextField } from "../../../design/index.ts";
import { locale, t } from "../../../text/index.ts";
import type { Schedule } from "../agent/schedules.tsx";
import type { Agent } from "../module.ts";
import { draftOf, fromDraft, type ScheduleDraft } from "./draft.ts";
import style from "./edit.module.css";
import { useNextRuns } from "./next_runs.ts";
import { dayName } from "./words.ts";

const WEEK = [1, 2, 3, 4, 5, 6, 0];
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = (): readonly string[] => [...new Set([HERE, "UTC", ...Intl.supportedValuesOf("timeZone")])];
const exact = (zone: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone: zone });

const STEPS = { minutes: [1, 5, 10, 15, 20, 30], hours: [1, 2, 3, 4, 6, 8, 12] } as const;
/** What is offered; also what is there already. */
const steps = (kind: keyof typeof STEPS, now: number): readonly number[] =>
  [...new Set([...STEPS[kind], now])].sort((a, b) => a - b);

/** Says when an agent is to act, and what it is told then. */
export function EditSchedule({
  agent,
  schedule,
  onClose,
}: {
  readonly agent: Agent;
  readonly schedule: Schedule | undefined;
  onClose(): void;
}) {
  const words = t.agents.schedule;
  const [draft, setDraft] = useState(() => draftOf(schedule, HERE));
  const change = (part: Partial<ScheduleDraft>) => setDraft((now) => ({ ...now, ...part }));
  const when = fromDraft(draft);
  const runs = useNextRuns(when, draft.zone);
  const { run, busy, problem } = useAct("schedule.set", () => {
    say(words.saved);
    void refresh("schedule.", "agent.config");
    onClose();
  });
  const ready = runs.state === "ready" && runs.times.length > 0 && draft.text.trim() !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || !when || busy) return;
    void run({
      module: agent.id,
      ...(schedule ? { id: schedule.id } : {}),
      ...("at" in when ? { at: when.at } : { cron: when.cron, time_zone: draft.zone }),
      function: draft.function,
      payload: draft.function === "handle" ? { ...draft.payload, text: draft.text.trim() } : draft.payload,
      missed: draft.missed,
    }).catch(() => undefined);
  };
  const timed = draft.kind === "days" || draft.kind === "week" || draft.kind === "month";

  return (
    <Dialog
      title={schedule ? words.edit : words.add}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button look="primary" type="submit" form="schedule" busy={busy} disabled={!ready}>
            {schedule ? t.common.save : words.accept}
          </Button>
        </>
      }
    >
      <form id="schedule" className={style.form} onSubmit={submit}>
        <div className={style.row}>
          <Select
            label={words.how}
            value={draft.kind}
            options={Object.entries(words.kinds)}
            onChange={({ target }) => change({ kind: target.value as ScheduleDraft["kind"], n: 1 })}
          />
          {(draft.kind === "minutes" || draft.kind === "hours") && (
            <Select
              label={words.each}
              value={String(draft.n)}
              options={steps(draft.kind, draft.n).map(
                (n) => [String(n), words.units[draft.kind as "minutes" | "hours"](n)] as const,
              )}
              onChange={({ target }) => change({ n: Number(target.value) })}
            />
          )}
          {draft.kind === "month" && (
            <TextField
              label={words.dayOfMonth}
              type="number"
              min={1}
              max={31}
              value={draft.day}
              onChange={({ target }) => change({ day: Number(target.value) })}
            />
          )}
          {timed && (
            <TextField
              label={words.time}
              type="time"
              required
              value={draft.time}
              onChange={({ target }) => change({ time: target.value })}
            />
          )}
          {draft.kind === "once" && (
            <TextField
              label={words.at}
              type="datetime-local"
              required
              value={draft.at}
              onChange={({ target }) => change({ at: target.value })}
            />
          )}
          {draft.kind === "pattern" && (
            <TextField
              label={words.pattern}
              placeholder="0 8 * * 1-5"
              spellCheck={false}
              maxLength={256}
              value={draft.pattern}
              onChange={({ target }) => change({ pattern: target.value })}
            />
          )}
        </div>
        {draft.kind === "week" && (
          <fieldset className={style.days}>
            <legend>{words.days}</legend>
            {WEEK.map((day) => (
              <label key={day}>
                <input
                  type="checkbox"
                  className="visually-hidden"
                  checked={draft.days.includes(day)}
                  aria-label={dayName(day)}
                  onChange={({ target }) =>
                    change({
                      days: target.checked ? [...draft.days, day] : draft.days.filter((one) => one !== day),
                    })
                  }
                />
                <span aria-hidden>{dayName(day, true)}</span>
              </label>
            ))}
          </fieldset>
        )}
        {draft.kind !== "once" && (
          <Select
            label={words.zone}
            value={draft.zone}
            options={zones().map((zone) => [zone, zone] as const)}
            onChange={({ target }) => change({ zone: target.value })}
          />
        )}
        {draft.function === "handle" ? (
          <TextArea
            label={words.text}
            hint={words.textHint(agent.display_name)}
            placeholder={words.textExample}
            maxLength={65_536}
            value={draft.text}
            onChange={({ target }) => change({ text: target.value })}
          />
        ) : (
          <p>{words.calls(draft.function)}</p>
        )}
        {draft.kind !== "once" && (
          <Select
            label={words.missed}
            value={draft.missed}
            options={Object.entries(words.missedKinds)}
            onChange={({ target }) => change({ missed: target.value as ScheduleDraft["missed"] })}
          />
        )}
        <div className={style.runs} role="status">
          {runs.state === "bad" && <p className={style.bad}>{words.unreadable}</p>}
          {runs.state === "ready" && (
            <>
              <p>{runs.times.length > 0 ? words.nextRuns : words.noRuns}</p>
              <ol>
                {runs.times.map((time) => (
                  <li key={time}>{exact(draft.kind === "once" ? HERE : draft.zone).format(time)}</li>
                ))}
              </ol>
            </>
          )}
        </div>
      </form>
      {problem && <ProblemNotice problem={problem} />}
    </Dialog>
  );
}
