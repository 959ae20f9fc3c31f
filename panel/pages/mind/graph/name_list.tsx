import { useMemo } from "react";
import { LongList } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./graph.module.css";
import type { Scene } from "./scene.ts";

const words = t.mind.graph;
const ROW_PX = 40;

/** The names of the graph as a list, the best connected first: all that the picture shows, for keys and screen readers. */
export function NameList({
  scene,
  alive,
  chosen,
  onChoose,
}: {
  readonly scene: Scene;
  readonly alive: Uint8Array;
  readonly chosen: string | undefined;
  onChoose(id: string): void;
}) {
  const shown = useMemo(() => scene.byDegree.filter((at) => alive[at] === 1), [scene, alive]);
  return (
    <div className={style.list}>
      <LongList label={words.label} items={shown} keyOf={(at) => at} heightPx={ROW_PX}>
        {(at) => {
          const name = scene.names[at];
          return (
            name && (
              <button
                type="button"
                aria-pressed={name.id === chosen}
                data-kind={scene.groups[at]}
                onClick={() => onChoose(name.id)}
              >
                <span>{name.name}</span>
                <small>{words.facts(name.degree)}</small>
              </button>
            )
          );
        }}
      </LongList>
    </div>
  );
}
