import style from "./agent_name.module.css";
import { useNames } from "./use_names.ts";

/** An agent by its name. Its id, which commands and addresses take, is shown to who points at it; `full`: beside it. */
export function AgentName({ id, full }: { readonly id: string; readonly full?: boolean }) {
  const name = useNames()(id);
  return (
    <span className={style.name} title={name === id ? undefined : id}>
      {name}
      {full && name.toLocaleLowerCase() !== id && <small>{id}</small>}
    </span>
  );
}
