import { useInfiniteQuery } from "@tanstack/react-query";
import { Moon, Sparkles } from "lucide-react";
import { useState } from "react";
import { useAddress } from "../../../address/index.ts";
import { call } from "../../../client/index.ts";
import { Ago, Button, Empty, LongList, ProblemNotice, Skeleton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { MemoryDialog } from "../memories/memory.tsx";
import { DreamDialog } from "./dream.tsx";
import style from "./insights.module.css";

const words = t.mind.insights;
const PAGE = 50;
const ROW_PX = 130;
const SOURCES_SHOWN = 3;

/** What was consolidated from an agent's memories, each with what it was drawn from. */
export function Insights({ agent }: { readonly agent: string }) {
  const { chosen, choose } = useAddress();
  const [dreaming, setDreaming] = useState(false);
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: ["insight.list", { agent }],
    queryFn: ({ pageParam, signal }) =>
      call("insight.list", { agent, limit: PAGE, ...(pageParam ? { before: pageParam } : {}) }, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const insights = data?.pages.flatMap((page) => page.insights);
  const open = chosen("memory");
  const show = (memory: string) => choose({ memory });
  return (
    <>
      <div className={style.head}>
        <p>{words.lead}</p>
        <Button look="primary" icon={Moon} onClick={() => setDreaming(true)}>
          {words.dream}
        </Button>
      </div>
      {error ? (
        <ProblemNotice problem={error} retry={refetch} />
      ) : !insights ? (
        <Skeleton lines={6} />
      ) : insights.length === 0 ? (
        <Empty icon={Sparkles} title={words.empty}>
          {words.emptyMore}
        </Empty>
      ) : (
        <LongList
          label={words.list}
          items={insights}
          keyOf={({ id }) => id}
          heightPx={ROW_PX}
          onEnd={() => {
            if (hasNextPage && !isFetching) void fetchNextPage();
          }}
        >
          {({ id, content, at, sources, drawn_from }) => (
            <article className={style.insight}>
              <Sparkles size={16} aria-hidden />
              <div>
                <button type="button" className={style.content} onClick={() => show(id)}>
                  {content}
                </button>
                <p className={style.about}>
                  <Ago at={at} /> · {words.from(sources)}
                </p>
                <ul className={style.sources}>
                  {drawn_from.slice(0, SOURCES_SHOWN).map((source) => (
                    <li key={source.id}>
                      <button type="button" onClick={() => show(source.id)}>
                        {source.content}
                      </button>
                    </li>
                  ))}
                </ul>
              </div>
            </article>
          )}
        </LongList>
      )}
      {open !== "" && (
        <MemoryDialog agent={agent} id={open} onShow={show} onClose={() => choose({ memory: undefined })} />
      )}
      {dreaming && <DreamDialog agent={agent} onClose={() => setDreaming(false)} />}
    </>
  );
}
