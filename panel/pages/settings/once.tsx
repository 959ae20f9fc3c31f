import { CopyButton } from "../../design/index.ts";
import style from "./settings.module.css";

/** A value that is shown this once. */
export function Once({ words, value }: { readonly words: string; readonly value: string }) {
  return (
    <div role="status">
      <p>{words}</p>
      <p className={style.once}>
        <code>{value}</code>
        <CopyButton text={value} />
      </p>
    </div>
  );
}
