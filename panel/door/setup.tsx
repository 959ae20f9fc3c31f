import { type FormEvent, useState } from "react";
import { Button, Notice, ProblemNotice, TextField } from "../design/index.ts";
import { t } from "../text/index.ts";
import style from "./form.module.css";
import { Frame } from "./frame.tsx";
import { makeAccount } from "./state.ts";

const PASSWORD_CHARS = 10;

/** The first launch: the owner's account. */
export function Setup({ here, onDone }: { readonly here: boolean; onDone(): Promise<unknown> }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [left, setLeft] = useState<"password" | "again" | "none">("none");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  if (!here)
    return (
      <Frame title={t.account.setup.elsewhere}>
        <Notice tone="info">{t.account.setup.elsewhereMore}</Notice>
      </Frame>
    );

  const missing = PASSWORD_CHARS - password.length;
  const differ = again !== "" && again !== password;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setLeft("again");
    if (missing > 0 || again !== password) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await makeAccount(name.trim(), password);
      await onDone();
    } catch (thrown) {
      setProblem(thrown);
      setBusy(false);
    }
  };

  return (
    <Frame title={t.account.setup.title} lead={t.account.setup.lead}>
      <form className={style.form} onSubmit={submit}>
        <TextField
          label={t.account.setup.name}
          name="name"
          autoComplete="username"
          maxLength={64}
          required
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={t.account.setup.password}
          hint={t.account.setup.passwordHint}
          problem={left !== "none" && missing > 0 ? t.account.setup.short(missing) : undefined}
          type="password"
          name="password"
          autoComplete="new-password"
          maxLength={1024}
          required
          value={password}
          onBlur={() => password && setLeft((now) => (now === "none" ? "password" : now))}
          onChange={(event) => setPassword(event.target.value)}
        />
        <TextField
          label={t.account.setup.again}
          problem={left === "again" && (differ || again === "") ? t.account.setup.differ : undefined}
          type="password"
          name="again"
          autoComplete="new-password"
          maxLength={1024}
          required
          value={again}
          onBlur={() => again && setLeft("again")}
          onChange={(event) => setAgain(event.target.value)}
        />
        {problem !== undefined && <ProblemNotice problem={problem} />}
        <Button look="primary" type="submit" busy={busy}>
          {t.account.setup.action}
        </Button>
      </form>
    </Frame>
  );
}
