import { BookText, Pencil, Plus } from "lucide-react";
import { useAddress } from "../../../address/index.ts";
import { useCapability } from "../../../client/index.ts";
import { Button, Empty, ProblemNotice, Skeleton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./doctrine.module.css";
import { EditRules } from "./edit_rules.tsx";
import { EditText } from "./edit_text.tsx";
import { grouped } from "./rule.ts";

const words = t.mind.doctrine;

/** The rules an agent holds to, the strongest first; edited one by one or as the text of the file. */
export function Doctrine({ agent }: { readonly agent: string }) {
  const { chosen, choose } = useAddress();
  const { data, error, refetch } = useCapability("doctrine.list", { agent });
  if (error) return <ProblemNotice problem={error} retry={refetch} />;
  if (!data) return <Skeleton lines={6} />;
  const edit = chosen("edit");
  const leave = () => choose({ edit: undefined });
  if (edit === "text")
    return (
      <EditText agent={agent} text={data.text} onOther={() => choose({ edit: "rules" })} onLeave={leave} />
    );
  if (edit === "rules")
    return (
      <EditRules
        agent={agent}
        rules={data.rules}
        text={data.text}
        onOther={() => choose({ edit: "text" })}
        onLeave={leave}
      />
    );
  if (data.rules.length === 0)
    return (
      <Empty
        icon={BookText}
        title={words.empty}
        action={
          <Button look="primary" icon={Plus} onClick={() => choose({ edit: "rules" })}>
            {words.add}
          </Button>
        }
      >
        {words.emptyMore}
      </Empty>
    );
  return (
    <>
      <div className={style.head}>
        <p>{words.lead}</p>
        <Button icon={Pencil} onClick={() => choose({ edit: "rules" })}>
          {words.edit}
        </Button>
      </div>
      <div className={style.groups}>
        {grouped(data.rules).map(([group, rules]) => (
          <section key={group} className={style.group}>
            <h2>{words[group]}</h2>
            <ul>
              {rules.map(({ id, text, amplitude, sacred }) => (
                <li key={id} data-group={group}>
                  <p>{text}</p>
                  <span className={style.amplitude}>
                    <span className={style.meter} aria-hidden>
                      <span style={{ width: `${(sacred ? 1 : amplitude) * 100}%` }} />
                    </span>
                    <span>
                      <span className="visually-hidden">{words.amplitude}: </span>
                      {t.mind.percent(sacred ? 1 : amplitude)}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {data.file && <p className={style.file}>{words.file(data.file)}</p>}
    </>
  );
}
