import { X } from "lucide-react";
import { Ago, Badge, Button, IconButton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { grantOf, reachesFar } from "../install/asks.ts";
import type { Ask } from "../module.ts";
import type { Listed } from "./catalogue.ts";
import style from "./grants.module.css";
import { LiveSwitch } from "./live_switch.tsx";

/** Something that it asks for. */
export function AskedRow({
  ask,
  about,
  onSwitch,
  onNarrow,
}: {
  readonly ask: Ask;
  readonly about: Listed | undefined;
  onSwitch(on: boolean): Promise<unknown>;
  onNarrow(): void;
}) {
  const words = t.agents.asks;
  return (
    <li>
      <LiveSwitch
        label={words.sentence(ask.plain)}
        checked={ask.given}
        disabled={!ask.known || ask.always}
        onSwitch={onSwitch}
        hint={
          <span className={style.marks}>
            {ask.always ? <Badge>{words.always}</Badge> : ask.required && <Badge>{words.required}</Badge>}
            {ask.required && !ask.given && <Badge tone="warn">{words.withheld}</Badge>}
            {!ask.known && <Badge tone="warn">{words.unknown}</Badge>}
            {ask.given && reachesFar(ask) && <Badge tone="warn">{words.far}</Badge>}
            <code title={about?.summary}>{grantOf(ask)}</code>
          </span>
        }
      />
      {about?.scope && (
        <Button small look="quiet" aria-label={t.agents.grants.narrowLabel(grantOf(ask))} onClick={onNarrow}>
          {t.agents.grants.narrow}
        </Button>
      )}
    </li>
  );
}

/** Something that it was given without having asked for it. */
export function HeldRow({
  grant,
  about,
  onTake,
  onNarrow,
}: {
  readonly grant: { readonly capability: string; readonly scope: string; readonly given_at: string };
  readonly about: Listed | undefined;
  onTake(): void;
  onNarrow(): void;
}) {
  const text = grantOf(grant);
  return (
    <li>
      <div className={style.held}>
        <code>{text}</code>
        <p>{about?.summary}</p>
        <small>
          {t.agents.grants.given} <Ago at={grant.given_at} />
        </small>
      </div>
      <span className={style.buttons}>
        {about?.scope && (
          <Button small look="quiet" aria-label={t.agents.grants.narrowLabel(text)} onClick={onNarrow}>
            {t.agents.grants.narrow}
          </Button>
        )}
        <IconButton small icon={X} label={t.agents.grants.take(text)} onClick={onTake} />
      </span>
    </li>
  );
}
