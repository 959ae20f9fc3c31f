import { Avatar } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./install.module.css";

/** Who it says it is. What stands here was written by its author, and is text alone. */
export function Introduction({
  id,
  kind,
  display_name,
  version,
  description,
  author,
  icon,
  replaces,
}: {
  readonly id: string;
  readonly kind: string;
  readonly display_name: string;
  readonly version: string;
  readonly description: string;
  readonly author: string | null;
  readonly icon: string | null;
  readonly replaces?: string | null;
}) {
  const facts = [
    id,
    replaces ? t.agents.install.upgrade(replaces, version) : t.agents.version(version),
    t.module.kinds[kind] ?? kind,
    author ? t.agents.by(author) : "",
  ].filter(Boolean);
  return (
    <div className={style.introduction}>
      <Avatar id={id} name={display_name} icon={icon} large />
      <div>
        <strong>{display_name}</strong>
        <small>{facts.join(" · ")}</small>
      </div>
      {description && <p>{description}</p>}
    </div>
  );
}
