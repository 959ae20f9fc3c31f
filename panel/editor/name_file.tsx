import { type FormEvent, useState } from "react";
import { call, refresh } from "../client/index.ts";
import { Button, Dialog, ProblemNotice, TextField } from "../design/index.ts";
import { t } from "../text/index.ts";
import style from "./editor.module.css";
import type { Agent } from "./file_editor.tsx";
import type { AgentFile } from "./file_list.tsx";
import { forget, sessionOf } from "./open_files.ts";

/** Makes a file, or gives one another name; what is typed in it and not saved goes along. */
export function NameFile({
  agent,
  file,
  taken,
  onDone,
  onClose,
}: {
  readonly agent: Agent;
  readonly file: AgentFile | undefined;
  readonly taken: readonly string[];
  onDone(path: string): void;
  onClose(): void;
}) {
  const words = t.editor;
  const { id } = agent;
  const [name, setName] = useState(file?.path ?? "");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const path = name.trim();
  const there = path !== file?.path && taken.includes(path);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (path === "" || there || busy || path === file?.path) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const old = file && (await call("agent.file.read", { id, path: file.path }));
      const unsaved =
        file && sessionOf(id, file.path).snapshot().dirty ? sessionOf(id, file.path).text() : undefined;
      await call("agent.file.write", { id, path, content: unsaved ?? old?.content ?? "", expect: null });
      onDone(path);
      if (old) {
        await call("agent.file.delete", { id, path: old.path, expect: old.sha256 });
        forget(id, old.path);
      }
      void refresh("agent.");
      onClose();
    } catch (thrown) {
      setProblem(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={file ? words.rename : words.newFile}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button look="primary" type="submit" form="name-file" busy={busy} disabled={path === "" || there}>
            {file ? words.rename : words.create}
          </Button>
        </>
      }
    >
      <form id="name-file" className={style.form} onSubmit={(event) => void submit(event)}>
        <TextField
          label={words.name}
          hint={words.nameHint}
          placeholder="skills/plan/SKILL.md"
          spellCheck={false}
          maxLength={512}
          autoFocus
          value={name}
          onChange={({ target }) => setName(target.value)}
          problem={there ? words.taken : undefined}
        />
      </form>
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </Dialog>
  );
}
