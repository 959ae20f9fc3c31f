import { useId, useState } from "react";
import { SearchField } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./graph.module.css";
import type { Scene } from "./scene.ts";

const words = t.mind.graph;
const SUGGESTED = 200;

/** Finds a name in the graph by its beginning or a part of it. */
export function FindName({
  scene,
  onFound,
  onMissing,
}: {
  readonly scene: Scene;
  onFound(id: string): void;
  /** It is not among the names that are shown. */
  onMissing(name: string): void;
}) {
  const [sought, setSought] = useState("");
  const id = useId();
  const find = (text: string, part: boolean) => {
    const folded = text.trim().toLocaleLowerCase();
    if (folded === "") return;
    const exact = scene.names.find(({ name }) => name.toLocaleLowerCase() === folded);
    const found =
      exact ??
      (part
        ? scene.byDegree
            .map((at) => scene.names[at])
            .find((one) => one?.name.toLocaleLowerCase().includes(folded))
        : undefined);
    if (found) onFound(found.id);
    else if (part) onMissing(text.trim());
  };
  return (
    <div className={style.find}>
      <SearchField
        label={words.find}
        list={id}
        value={sought}
        onChange={({ target }) => {
          setSought(target.value);
          find(target.value, false);
        }}
        onKeyDown={(event) => event.key === "Enter" && find(sought, true)}
      />
      <datalist id={id}>
        {scene.byDegree.slice(0, SUGGESTED).map((at) => (
          <option key={at} value={scene.names[at]?.name} />
        ))}
      </datalist>
    </div>
  );
}
