import { CalendarClock, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { CapabilityOutput } from "#contract";
import { call, refresh, useCapability } from "../../../client/index.ts";
import {
  Ago,
  Button,
  Confirm,
  Empty,
  Menu,
  Moment,
  Notice,
  ProblemNotice,
  Skeleton,
  say,
} from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import type { Agent } from "../module.ts";
import { EditSchedule } from "../schedule/edit.tsx";
import { scheduleWords, untilWords } from "../schedule/words.ts";
import style from "./schedules.module.css";

export type Schedule = CapabilityOutput<"schedule.list">["schedules"][number];

/** When it acts by itself. */
export function Schedules({ agent }: { readonly agent: Agent }) {
  const words = t.agents.schedule;
  const { data, error, refetch } = useCapability("schedule.list", { module: agent.id });
  const [editing, setEditing] = useState<Schedule | "new">();
  const [cancelling, setCancelling] = useState<Schedule>();
  if (error) return <ProblemNotice problem={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton lines={5} />;
  const add = (
    <Button
      look={data.schedules.length === 0 ? "primary" : "plain"}
      icon={Plus}
      onClick={() => setEditing("new")}
    >
      {words.add}
    </Button>
  );
  return (
    <div className={style.schedules}>
      {data.schedules.length === 0 ? (
        <Empty icon={CalendarClock} title={words.empty} action={add}>
          {words.emptyMore(agent.display_name)}
        </Empty>
      ) : (
        <>
          <header>
            <p>{words.lead}</p>
            {add}
          </header>
          <ul className={style.list}>
            {data.schedules.map((one) => (
              <li key={one.id}>
                <CalendarClock size={20} strokeWidth={1.6} aria-hidden />
                <div className={style.about}>
                  <strong>{scheduleWords(one.cron)}</strong>
                  <p>{said(one)}</p>
                  <small>
                    {one.next_at ? (
                      <>
                        {words.next} {untilWords(one.next_at)} (<Moment at={one.next_at} />)
                      </>
                    ) : (
                      words.never
                    )}
                    {one.last_at && (
                      <>
                        {" · "}
                        {words.last} <Ago at={one.last_at} />
                      </>
                    )}
                    {one.time_zone && ` · ${one.time_zone}`}
                  </small>
                  {one.last_error && <Notice tone="bad">{one.last_error}</Notice>}
                </div>
                <Menu
                  small
                  label={words.more(scheduleWords(one.cron))}
                  items={[
                    { label: t.common.edit, onSelect: () => setEditing(one) },
                    {
                      label: words.cancel,
                      icon: Trash2,
                      danger: true,
                      onSelect: () => setCancelling(one),
                    },
                  ]}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      {editing && (
        <EditSchedule
          agent={agent}
          schedule={editing === "new" ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
      {cancelling && (
        <Confirm
          title={words.cancelTitle}
          words={words.cancelWords(scheduleWords(cancelling.cron))}
          action={words.cancel}
          onClose={() => setCancelling(undefined)}
          onConfirm={async () => {
            await call("schedule.cancel", { id: cancelling.id, module: agent.id });
            say(words.cancelled);
            void refresh("schedule.", "agent.config");
          }}
        />
      )}
    </div>
  );
}

/** What the agent is told, or the function that is called. */
function said({ function: name, payload }: Schedule): string {
  const text =
    typeof payload === "string"
      ? payload
      : typeof payload === "object" && payload !== null && "text" in payload
        ? payload.text
        : undefined;
  return typeof text === "string" && name === "handle" ? text : t.agents.schedule.calls(name);
}
