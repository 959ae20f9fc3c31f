import { GraduationCap, Plus } from "lucide-react";
import { useState } from "react";
import { useAddress } from "../../../address/index.ts";
import { useCapability } from "../../../client/index.ts";
import { Button, Empty, LongList, ProblemNotice, Segments, Skeleton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { LessonDialog } from "./lesson.tsx";
import { AddLesson } from "./lesson_form.tsx";
import style from "./lessons.module.css";
import { Row } from "./row.tsx";

const words = t.mind.lessons;
const ROW_PX = 130;

/** What an agent has learned from what went wrong, the strongest first. */
export function Lessons({ agent }: { readonly agent: string }) {
  const { chosen, choose } = useAddress();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useCapability("lesson.list", { agent, all: true });
  const state = chosen("state") === "retired" ? "retired" : "active";
  const lessons = data?.lessons.filter((one) => one.state === state).sort((a, b) => b.karma - a.karma);
  const open = chosen("lesson");

  return (
    <>
      <p className={style.lead}>{words.lead}</p>
      <div className={style.head}>
        <Segments
          label={words.list}
          current={state}
          options={[
            ["active", words.active],
            ["retired", words.retired],
          ]}
          onSelect={(next) => choose({ state: next === "active" ? undefined : next })}
        />
        <Button look="primary" icon={Plus} onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      </div>
      {error ? (
        <ProblemNotice problem={error} retry={refetch} />
      ) : !lessons ? (
        <Skeleton lines={8} />
      ) : lessons.length === 0 ? (
        <Empty icon={GraduationCap} title={state === "active" ? words.empty : words.emptyRetired}>
          {state === "active" ? words.emptyMore : words.emptyRetiredMore}
        </Empty>
      ) : (
        <LongList label={words.list} items={lessons} keyOf={({ id }) => id} heightPx={ROW_PX}>
          {(lesson) => <Row agent={agent} lesson={lesson} onOpen={() => choose({ lesson: lesson.id })} />}
        </LongList>
      )}
      {open !== "" && <LessonDialog agent={agent} id={open} onClose={() => choose({ lesson: undefined })} />}
      {adding && <AddLesson agent={agent} onClose={() => setAdding(false)} />}
    </>
  );
}
