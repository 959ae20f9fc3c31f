import { Link } from "wouter";
import type { ModuleInfo } from "#contract";
import { useCapability } from "../../client/index.ts";
import { Avatar, Notice } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import style from "./chat.module.css";

/** Before the first word: who this is, what it remembers, what one may say. */
export function Welcome({
  agent,
  name,
  info,
  onExample,
}: {
  readonly agent: string;
  readonly name: string;
  readonly info: ModuleInfo | undefined;
  onExample(text: string): void;
}) {
  const { data: mind } = useCapability("mind.show", { agent });
  const { data: models } = useCapability("model.list", {});
  const hasModel = models?.models.some((one) => one.default && one.dialect !== "builtin") ?? true;
  return (
    <div className={style.welcome}>
      <Avatar id={agent} name={name} icon={info?.icon ?? null} large />
      <h1>{t.chat.greeting(name)}</h1>
      <p>{info?.description}</p>
      {mind && (
        <p className={style.remembers}>
          {t.chat.remembers(mind.memories, mind.lessons)}{" "}
          {mind.memories > 0 && <Link href={`/mind/${agent}`}>{t.chat.mind}</Link>}
        </p>
      )}
      {!hasModel && (
        <div className={style.noModel}>
          <Notice
            tone="info"
            title={t.chat.noModel}
            actions={<Link href="/settings/models">{t.chat.connectModel}</Link>}
          >
            {t.chat.noModelMore}
          </Notice>
        </div>
      )}
      <ul className={style.examples}>
        {t.chat.examples.map(({ title, text }) => (
          <li key={title}>
            <button type="button" onClick={() => onExample(text)}>
              <strong>{title}</strong>
              <span>{text}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
