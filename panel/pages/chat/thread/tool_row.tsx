import { Check, ChevronRight, CircleDashed, MessageCircleQuestion, Receipt, X } from "lucide-react";
import { memo, useMemo, useState } from "react";
import { Link } from "wouter";
import { useCapability } from "../../../client/index.ts";
import { Badge, Code, duration, Spinner } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import type { ToolCall } from "../conversation/index.ts";
import style from "./thread.module.css";
import { cut, parse, plainOf, SHOWN_MAX_CHARS, ValueList, type Values } from "./values.tsx";

const ASK = "user.ask";
const GIST_MAX_CHARS = 120;

/** A call of a tool in one line; all of it when it is opened. */
export const ToolRow = memo(function ToolRow({ call }: { readonly call: ToolCall }) {
  const [open, setOpen] = useState(false);
  const { tool, state, ms, progress, args, result } = call;
  const title = useTitle(tool);
  const values = useMemo(() => parse(args), [args]);
  const gist = progress !== undefined && state === "running" ? progress : gistOf(tool, values, result);
  return (
    <details
      className={style.step}
      data-state={state}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <StateIcon tool={tool} state={state} />
        <span className={state === "running" || state === "written" ? style.shimmer : undefined}>
          {title}
        </span>
        {gist !== "" && <span className={style.gist}>{gist}</span>}
        <span className="visually-hidden">{t.chat.tool[state]}</span>
        {ms !== undefined && <small>{duration(ms)}</small>}
        <ChevronRight className={style.chevron} size={14} aria-hidden />
      </summary>
      {open && <Details call={call} values={values} />}
    </details>
  );
});

function Details({ call, values }: { readonly call: ToolCall; readonly values: Values | undefined }) {
  const { tool, args, result, images = [], seq, tainted } = call;
  const names = Object.keys(values ?? {});
  const plain = plainOf(result);
  return (
    <div className={style.details}>
      <p className={style.label}>{t.chat.tool.args}</p>
      {values && names.length === 0 && <p>{t.chat.tool.noArgs}</p>}
      {values ? names.length > 0 && <ValueList values={values} /> : <Code value={args} />}
      {result !== undefined && (
        <>
          <p className={style.label}>
            {t.chat.tool.result} {tainted && <Badge tone="warn">{t.chat.tool.untrusted}</Badge>}
          </p>
          {plain ? <ValueList values={plain} /> : <Code value={cut(pretty(result))} />}
          {result.length > SHOWN_MAX_CHARS && <p>{t.chat.tool.more(result.length - SHOWN_MAX_CHARS)}</p>}
        </>
      )}
      {images.map((source) => (
        <img key={source} className={style.picture} src={source} alt={t.chat.image} />
      ))}
      <p className={style.receipt}>
        <code>{tool}</code>
        {seq !== undefined && (
          <Link href={`/journal?event=${seq}`} title={t.chat.tool.receiptOf(seq)}>
            <Receipt size={14} aria-hidden /> {t.chat.tool.receipt}
          </Link>
        )}
      </p>
    </div>
  );
}

function StateIcon({ tool, state }: { readonly tool: string; readonly state: ToolCall["state"] }) {
  if (state === "failed") return <X className={style.bad} size={15} aria-hidden />;
  if (state === "running" || state === "written") return <Spinner />;
  if (state === "waiting") return <CircleDashed size={15} aria-hidden />;
  if (tool === ASK) return <MessageCircleQuestion size={15} aria-hidden />;
  return <Check className={style.good} size={15} aria-hidden />;
}

/** As the catalogue calls it. */
function useTitle(tool: string): string {
  const { data } = useCapability("tool.specs", { all: true });
  return useMemo(() => data?.tools.find(({ name }) => name === tool)?.title ?? tool, [data, tool]);
}

const TELLING = ["question", "path", "query", "url", "expression", "command", "text", "name", "pattern"];

/** What the call is about, in a few words. */
function gistOf(tool: string, values: Values | undefined, result: string | undefined): string {
  if (!values) return "";
  const telling = TELLING.find((name) => typeof values[name] === "string");
  const value =
    telling === undefined ? Object.values(values).find((one) => typeof one === "string") : values[telling];
  const words = typeof value === "string" ? value.replace(/\s+/g, " ").trim().slice(0, GIST_MAX_CHARS) : "";
  if (tool !== ASK || result === undefined) return words;
  const answer = parse(result)?.answer;
  return typeof answer === "string" ? `${words} → ${answer}` : words;
}

/** JSON over several lines, where it is some. */
function pretty(text: string): string {
  if (!/^[[{]/.test(text) || text.length > SHOWN_MAX_CHARS) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
