import { type FormEvent, useState } from "react";
import { useLocation } from "wouter";
import { useAct, useCapability } from "../../../client/index.ts";
import { Button, Dialog, ProblemNotice, Switch, say, TextField } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import type { Agent } from "../module.ts";
import { freeId, idProblem } from "../name.ts";
import style from "../new_agent.module.css";

/** A second agent with the same files, settings and grants. */
export function Duplicate({ agent, onClose }: { readonly agent: Agent; onClose(): void }) {
  const words = t.agents.duplicate;
  const [, go] = useLocation();
  const { data } = useCapability("agent.list", {});
  const taken = data?.agents.map((one) => one.id) ?? [agent.id];
  const [name, setName] = useState(() => words.copyOf(agent.display_name));
  const [own, setOwn] = useState<string>();
  const [state, setState] = useState(false);
  const { run, busy, problem } = useAct("agent.duplicate", (made) => {
    say(words.done(made.display_name));
    onClose();
    go(`/agents/${made.id}`);
  });
  const to = own ?? freeId(agent.id, taken);
  const wrong = idProblem(to, taken);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong && !busy)
      void run({ id: agent.id, to, display_name: name.trim() || to, state }).catch(() => undefined);
  };
  return (
    <Dialog
      title={words.title(agent.display_name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button look="primary" type="submit" form="duplicate" busy={busy} disabled={!!wrong}>
            {words.accept}
          </Button>
        </>
      }
    >
      <p>{words.lead}</p>
      <form id="duplicate" className={style.form} onSubmit={submit}>
        <TextField
          label={t.agents.make.name}
          maxLength={128}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <TextField
          label={t.agents.make.id}
          maxLength={32}
          spellCheck={false}
          value={to}
          onChange={({ target }) => setOwn(target.value)}
          problem={wrong && t.agents.make.wrong[wrong]}
        />
        <Switch
          label={words.state}
          hint={words.stateHint}
          checked={state}
          onChange={({ target }) => setState(target.checked)}
        />
      </form>
      {problem && <ProblemNotice problem={problem} />}
    </Dialog>
  );
}
