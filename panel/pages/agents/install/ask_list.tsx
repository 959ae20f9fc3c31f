import { Badge, Button, Switch } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import type { Ask } from "../module.ts";
import style from "./ask_list.module.css";
import { grantOf, reachesFar } from "./asks.ts";

/** What something asks for, in plain words, each with a switch. */
export function AskList({
  asks,
  fresh,
  chosen,
  onChange,
}: {
  readonly asks: readonly Ask[];
  /** Those that an earlier version did not ask for. */
  readonly fresh: ReadonlySet<string>;
  readonly chosen: ReadonlySet<string>;
  onChange(chosen: ReadonlySet<string>): void;
}) {
  const words = t.agents.asks;
  if (asks.length === 0) return <p className={style.nothing}>{words.nothing}</p>;
  const all = asks.filter(({ known, always }) => known && !always);
  const required = all.filter((ask) => ask.required);
  const toggle = (ask: Ask, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(grantOf(ask));
    else next.delete(grantOf(ask));
    onChange(next);
  };
  const missing = required.filter((ask) => !chosen.has(grantOf(ask)));

  return (
    <section className={style.asks} aria-label={words.title}>
      <header>
        <h3>{words.title}</h3>
        {all.length > 1 && (
          <div>
            <Button small look="quiet" onClick={() => onChange(new Set(all.map(grantOf)))}>
              {words.all}
            </Button>
            <Button small look="quiet" onClick={() => onChange(new Set(required.map(grantOf)))}>
              {words.onlyRequired}
            </Button>
          </div>
        )}
      </header>
      <ul>
        {asks.map((ask) => {
          const grant = grantOf(ask);
          return (
            <li key={grant}>
              <Switch
                label={words.sentence(ask.plain)}
                checked={ask.always || chosen.has(grant)}
                disabled={!ask.known || ask.always}
                onChange={({ target: { checked } }) => toggle(ask, checked)}
                hint={
                  <span className={style.marks}>
                    {fresh.has(grant) && <Badge tone="info">{words.fresh}</Badge>}
                    {ask.always ? (
                      <Badge>{words.always}</Badge>
                    ) : (
                      ask.required && <Badge>{words.required}</Badge>
                    )}
                    {!ask.known && <Badge tone="warn">{words.unknown}</Badge>}
                    {ask.known && reachesFar(ask) && <Badge tone="warn">{words.far}</Badge>}
                    <code>{grant}</code>
                  </span>
                }
              />
            </li>
          );
        })}
      </ul>
      {missing.length > 0 && (
        <p className={style.missing} aria-live="polite">
          {words.missing(missing.length)}
        </p>
      )}
    </section>
  );
}
