import { Brain, Plus, SearchX } from "lucide-react";
import { useState } from "react";
import { useAddress } from "../../../address/index.ts";
import { Button, Empty, LongList, ProblemNotice, Skeleton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { Filters } from "./filters.tsx";
import style from "./memories.module.css";
import { MemoryDialog } from "./memory.tsx";
import { AddMemory } from "./memory_form.tsx";
import { Row } from "./row.tsx";
import { useMemories } from "./use_memories.ts";

const words = t.mind.memories;
const ROW_PX = 84;

/** What an agent remembers: as it would search it, or all of it, the newest first. */
export function Memories({ agent }: { readonly agent: string }) {
  const { chosen, choose } = useAddress();
  const [adding, setAdding] = useState(false);
  const { memories, searched, filtered, reading, problem, again, further, whole } = useMemories(agent);
  const open = chosen("memory");

  return (
    <>
      <Filters memories={memories ?? []}>
        <Button look="primary" icon={Plus} onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      </Filters>
      {problem && <ProblemNotice problem={problem} retry={again} />}
      {!memories ? (
        !problem && <Skeleton lines={8} />
      ) : memories.length === 0 ? (
        searched || filtered ? (
          <Empty icon={SearchX} title={words.none}>
            {words.noneMore}
          </Empty>
        ) : (
          <Empty icon={Brain} title={words.empty}>
            {words.emptyMore}
          </Empty>
        )
      ) : (
        <>
          <p className={style.count} role="status">
            {searched ? words.found(memories.length) : whole !== undefined && words.count(whole)}
          </p>
          <LongList
            label={searched ? words.results : words.list}
            items={memories}
            keyOf={({ id }) => id}
            heightPx={ROW_PX}
            onEnd={further}
          >
            {(memory) => (
              <Row memory={memory} searched={searched} onOpen={() => choose({ memory: memory.id })} />
            )}
          </LongList>
          {reading && <Skeleton lines={2} />}
        </>
      )}
      {open !== "" && (
        <MemoryDialog
          agent={agent}
          id={open}
          onShow={(memory) => choose({ memory })}
          onClose={() => choose({ memory: undefined })}
        />
      )}
      {adding && <AddMemory agent={agent} onClose={() => setAdding(false)} />}
    </>
  );
}
