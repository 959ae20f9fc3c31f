import { type FormEvent, useState } from "react";
import { useLocation } from "wouter";
import { useAct, useCapability } from "../../client/index.ts";
import { Button, Dialog, ProblemNotice, Skeleton, say, TextField } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import type { Agent } from "./module.ts";
import { idFrom, idProblem } from "./name.ts";
import style from "./new_agent.module.css";

/** Makes an agent from a template, and goes to its files. */
export function NewAgent({ agents, onClose }: { readonly agents: readonly Agent[]; onClose(): void }) {
  const words = t.agents.make;
  const [, go] = useLocation();
  const { data, error, refetch } = useCapability("agent.templates", {});
  const [chosen, setChosen] = useState<string>();
  const [name, setName] = useState("");
  const [ownId, setOwnId] = useState<string>();
  const id = ownId ?? idFrom(name);
  const wrong = idProblem(
    id,
    agents.map((one) => one.id),
  );
  const templates = data?.templates.toSorted(simplestFirst);
  const template = templates?.find((one) => one.name === chosen) ?? templates?.[0];
  const { run, busy, problem } = useAct("agent.new", (made) => {
    say(words.made(made.display_name));
    go(`/agents/${made.id}/${template && inWords(template) ? "prompt" : "files"}`);
  });
  const make = (event: FormEvent) => {
    event.preventDefault();
    if (wrong || !template || busy) return;
    const display_name = name.trim();
    void run({ id, template: template.name, ...(display_name ? { display_name } : {}) }).catch(
      () => undefined,
    );
  };

  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button look="primary" type="submit" form="new-agent" busy={busy} disabled={!!wrong || !template}>
            {words.accept}
          </Button>
        </>
      }
    >
      <form id="new-agent" className={style.form} onSubmit={make}>
        <TextField
          label={words.name}
          placeholder={words.nameExample}
          maxLength={128}
          autoFocus
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <TextField
          label={words.id}
          hint={words.idHint}
          maxLength={32}
          spellCheck={false}
          value={id}
          onChange={({ target }) => setOwnId(target.value)}
          problem={wrong && (id !== "" || ownId !== undefined) ? words.wrong[wrong] : undefined}
        />
        <fieldset className={style.templates}>
          <legend>{words.template}</legend>
          {!data && !error && <Skeleton />}
          {templates?.map((one) => (
            <label key={one.name}>
              <input
                type="radio"
                name="template"
                value={one.name}
                checked={one.name === template?.name}
                onChange={() => setChosen(one.name)}
              />
              <span>
                <strong>{inWords(one) ? words.inWords : words.languages[one.language]}</strong>
                <small>
                  {inWords(one)
                    ? words.inWordsMore
                    : one.build
                      ? words.build(one.build.slice(0, 2).join(" "))
                      : words.noBuild}
                </small>
              </span>
            </label>
          ))}
        </fieldset>
      </form>
      {error && <ProblemNotice problem={error} retry={() => void refetch()} />}
      {problem && <ProblemNotice problem={problem} />}
    </Dialog>
  );
}

interface Template {
  readonly build: readonly string[] | null;
  readonly opens: string | null;
}

/** A model does the thinking: what is written is the prompt. */
const inWords = ({ opens }: Template): boolean => opens === "prompt.md";
/** Words come before programs, and what runs as it stands before what has to be built. */
const simplestFirst = (a: Template, b: Template): number =>
  Number(inWords(b)) - Number(inWords(a)) || Number(a.build !== null) - Number(b.build !== null);
