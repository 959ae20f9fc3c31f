import { Eye, EyeOff } from "lucide-react";
import { useAddress } from "../../../address/index.ts";
import { useAct, useCapability } from "../../../client/index.ts";
import { Button, Checkbox, complain, Moment, ProblemNotice, Skeleton } from "../../../design/index.ts";
import { locale, t } from "../../../text/index.ts";
import style from "./diary.module.css";

const words = t.mind.diary;
const PAGE = 30;
const ENTRIES_MOST = 500;
const day = new Intl.DateTimeFormat(locale, { dateStyle: "full" });

/** What an agent wrote down for itself, and what it means to do. */
export function Diary({ agent }: { readonly agent: string }) {
  return (
    <>
      <p className={style.lead}>{words.lead}</p>
      <div className={style.parts}>
        <Entries agent={agent} />
        <Todos agent={agent} />
      </div>
    </>
  );
}

function Entries({ agent }: { readonly agent: string }) {
  const { chosen, choose } = useAddress();
  const limit = Math.min(ENTRIES_MOST, Number(chosen("entries")) || PAGE);
  const { data, error, refetch } = useCapability("diary.list", { agent, limit });
  const days = data && Map.groupBy(data.entries, ({ day: of }) => of);
  return (
    <section className={style.part}>
      <h2>{words.diary}</h2>
      {error ? (
        <ProblemNotice problem={error} retry={refetch} />
      ) : !days ? (
        <Skeleton />
      ) : days.size === 0 ? (
        <p className={style.none}>{words.noDiary}</p>
      ) : (
        [...days].map(([of, entries]) => (
          <article key={of} className={style.day}>
            <h3>{day.format(new Date(`${of}T12:00:00`))}</h3>
            {entries.map(({ id, text }) => (
              <p key={id}>{text}</p>
            ))}
          </article>
        ))
      )}
      {data && data.entries.length >= limit && limit < ENTRIES_MOST && (
        <Button look="quiet" onClick={() => choose({ entries: String(limit + 2 * PAGE) }, { replace: true })}>
          {words.more}
        </Button>
      )}
    </section>
  );
}

function Todos({ agent }: { readonly agent: string }) {
  const { chosen, choose } = useAddress();
  const all = chosen("done") === "yes";
  const { data, error, refetch } = useCapability("todo.list", { agent, all });
  const { run } = useAct("todo.set");
  return (
    <section className={style.part}>
      <h2>{words.todos}</h2>
      {error ? (
        <ProblemNotice problem={error} retry={refetch} />
      ) : !data ? (
        <Skeleton />
      ) : data.todos.length === 0 ? (
        <p className={style.none}>{words.noTodos}</p>
      ) : (
        <ul className={style.todos}>
          {data.todos.map(({ id, text, done, due_at }) => (
            <li key={id} data-done={done || undefined}>
              <Checkbox
                label={text}
                hint={
                  due_at && (
                    <>
                      {words.due} <Moment at={due_at} />
                    </>
                  )
                }
                checked={done}
                onChange={({ target }) => void run({ agent, id, done: target.checked }).catch(complain)}
              />
            </li>
          ))}
        </ul>
      )}
      <Button
        small
        look="quiet"
        icon={all ? EyeOff : Eye}
        onClick={() => choose({ done: all ? undefined : "yes" }, { replace: true })}
      >
        {all ? words.hideDone : words.showDone}
      </Button>
    </section>
  );
}
