import { ChevronRight, Cpu } from "lucide-react";
import { Link } from "wouter";
import { Ago, Avatar, Badge, Moment, Notice } from "../../design/index.ts";
import { StateBadge } from "../../module/index.ts";
import { t } from "../../text/index.ts";
import style from "./modules.module.css";
import type { Module } from "./page.tsx";

/** One module; unfolded, what it provides and what is wrong with it. */
export function ModuleRow({ module, open }: { readonly module: Module; readonly open: boolean }) {
  const words = t.modules;
  const {
    id,
    display_name,
    kind,
    version,
    state,
    built_in,
    provides,
    functions,
    daemon,
    problems,
    diagnostics,
  } = module;
  const wrong =
    diagnostics.length > 0
      ? diagnostics
      : problems.map((message) => ({ message, file: null, line: null, remedy: null }));
  const offers = built_in
    ? provides.map(({ name, summary }) => [name, summary] as const)
    : functions.map(({ name, description }) => [name, description] as const);
  return (
    <li>
      <details className={style.module} open={open}>
        <summary>
          <ChevronRight size={16} className={style.arrow} aria-hidden />
          {built_in ? (
            <span className={style.builtIn}>
              <Cpu size={16} strokeWidth={1.7} aria-hidden />
            </span>
          ) : (
            <Avatar id={id} name={display_name} icon={module.icon} />
          )}
          <span className={style.names}>
            <strong>{display_name}</strong>
            <small>
              {built_in
                ? module.description
                : [id, t.module.kinds[kind] ?? kind, version].filter(Boolean).join(" · ")}
            </small>
          </span>
          {daemon && (
            <Badge tone={daemon.state === "running" ? "good" : "warn"}>{words.daemon[daemon.state]}</Badge>
          )}
          {!built_in && <StateBadge state={state} />}
          <small className={style.count}>
            {wrong.length > 0
              ? words.problems(wrong.length)
              : built_in
                ? words.provides(provides.length)
                : words.functions(functions.length)}
          </small>
        </summary>
        <div className={style.inside}>
          {wrong.map(({ file, line, message, remedy }) => (
            <Notice
              key={`${file} ${line} ${message}`}
              tone="bad"
              title={file ? t.module.problemAt(message, file, line) : message}
            >
              {remedy}
            </Notice>
          ))}
          {daemon && (
            <p className={style.daemon}>
              {words.daemon[daemon.state]} · {words.restarts(daemon.restarts)}
              {daemon.next_start_at && (
                <>
                  {" · "}
                  {words.nextStart} <Moment at={daemon.next_start_at} short />
                </>
              )}
            </p>
          )}
          {daemon?.last_error && (
            <Notice tone="warn" title={words.lastError}>
              {daemon.last_error}
            </Notice>
          )}
          {module.last_active_at && (
            <p className={style.daemon}>
              {t.module.active}: <Ago at={module.last_active_at} />
            </p>
          )}
          {offers.length > 0 ? (
            <dl>
              {offers.map(([name, what]) => (
                <div key={name}>
                  <dt>
                    <code>{name}</code>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          ) : (
            <p className={style.daemon}>{words.providesNothing}</p>
          )}
          {!built_in && (
            <Link href={state === "broken" ? `/agents/${id}/files` : `/agents/${id}`}>
              {state === "broken" ? words.mend : words.open}
            </Link>
          )}
        </div>
      </details>
    </li>
  );
}
