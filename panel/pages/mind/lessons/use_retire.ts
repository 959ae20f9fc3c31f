import type { Lesson } from "#contract";
import { useAct } from "../../../client/index.ts";
import { complain, say } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";

const words = t.mind.lessons;

/** Takes a lesson out of use, or brings it back; can be undone. */
export function useRetire(agent: string, { id, state }: Pick<Lesson, "id" | "state">) {
  const { run, busy } = useAct("lesson.retire");
  const set = (active: boolean) =>
    run({ agent, id, active }).then(
      () =>
        say(active ? words.restored : words.retired_, {
          label: t.common.undo,
          run: () => void run({ agent, id, active: !active }).catch(complain),
        }),
      complain,
    );
  return { busy, retire: () => void set(state !== "active") };
}
