import { type FormEvent, useState } from "react";
import { Button, Dialog, Select, TextField } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "../new_agent.module.css";
import type { Listed } from "./catalogue.ts";

export interface Giving {
  /** `undefined`: it is chosen here. */
  readonly capability: string | undefined;
  /** What is made narrower: taken for it, where it is held. */
  readonly replaces: { readonly capability: string; readonly scope: string } | undefined;
}

/** Gives a grant, or one in the place of another, with the scope it holds for. */
export function GiveGrant({
  giving,
  givable,
  onGive,
  onClose,
}: {
  readonly giving: Giving;
  readonly givable: readonly Listed[];
  onGive(grant: string): Promise<boolean>;
  onClose(): void;
}) {
  const words = t.agents.grants;
  const { replaces } = giving;
  const [name, setName] = useState(giving.capability ?? givable[0]?.name ?? "");
  const [scope, setScope] = useState(replaces && replaces.scope !== "*" ? replaces.scope : "");
  const [busy, setBusy] = useState(false);
  const kind = givable.find((one) => one.name === name)?.scope ?? undefined;
  const narrowing = giving.capability !== undefined;
  const same = replaces !== undefined && (scope.trim() || "*") === replaces.scope;
  const missing = narrowing && scope.trim() === "";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (same || missing || busy) return;
    setBusy(true);
    const narrowed = scope.trim();
    if (await onGive(narrowed === "" || narrowed === "*" ? name : `${name}:${narrowed}`)) onClose();
    else setBusy(false);
  };
  return (
    <Dialog
      title={narrowing ? words.narrowTitle(name) : words.giveTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button look="primary" type="submit" form="give" busy={busy} disabled={same || missing}>
            {narrowing ? words.narrowAccept : words.give}
          </Button>
        </>
      }
    >
      <form id="give" className={style.form} onSubmit={(event) => void submit(event)}>
        {!narrowing && (
          <Select
            label={words.capability}
            value={name}
            onChange={({ target }) => setName(target.value)}
            options={givable.map((one) => [one.name, one.name] as const)}
            hint={givable.find((one) => one.name === name)?.summary}
          />
        )}
        {narrowing && replaces && <p>{words.narrowLead}</p>}
        {kind && (
          <TextField
            label={words.scope}
            hint={words.scopes[kind][1]}
            placeholder={words.scopes[kind][0]}
            spellCheck={false}
            maxLength={2000}
            value={scope}
            onChange={({ target }) => setScope(target.value)}
          />
        )}
        {!kind && narrowing && <p>{words.noScope}</p>}
      </form>
    </Dialog>
  );
}
