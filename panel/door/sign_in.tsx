import { KeyRound } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { problemOf } from "../client/index.ts";
import { Button, Notice, ProblemNotice, TextField } from "../design/index.ts";
import { t } from "../text/index.ts";
import style from "./form.module.css";
import { Frame } from "./frame.tsx";
import { type AccountState, signIn, signInWithPasskey } from "./state.ts";

/** Signing in, with the password or a passkey. */
export function SignIn({ account, onDone }: { readonly account: AccountState; onDone(): Promise<unknown> }) {
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState<"password" | "passkey">();
  const [problem, setProblem] = useState<unknown>();
  const { seconds, wait } = useCountdown();
  const passkeys = account.ways.includes("passkey") && account.passkey_host && "credentials" in navigator;

  const attempt = async (way: "password" | "passkey", act: () => Promise<unknown>) => {
    setBusy(way);
    setProblem(undefined);
    try {
      await act();
      await onDone();
    } catch (thrown) {
      const refused = thrown instanceof Error && ["NotAllowedError", "AbortError"].includes(thrown.name);
      setProblem(refused ? new Error(t.account.signIn.refused) : thrown);
      setBusy(undefined);
      const { code, details } = problemOf(thrown);
      if (code === "rate_limited")
        wait((details as { retry_after_ms?: number } | undefined)?.retry_after_ms ?? 1000);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt("password", () => signIn(password));
  };

  return (
    <Frame title={t.account.signIn.title} lead={t.account.signIn.lead}>
      <form className={style.form} onSubmit={submit}>
        <input type="text" name="username" autoComplete="username" hidden readOnly value="owner" />
        <TextField
          label={t.account.signIn.password}
          type="password"
          name="password"
          autoComplete="current-password"
          maxLength={1024}
          required
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {seconds > 0 ? (
          <Notice tone="warn">{t.account.signIn.wait(seconds)}</Notice>
        ) : (
          problem !== undefined && <ProblemNotice problem={problem} />
        )}
        <Button
          look="primary"
          type="submit"
          busy={busy === "password"}
          disabled={seconds > 0 || busy !== undefined}
        >
          {t.account.signIn.action}
        </Button>
        {passkeys && (
          <>
            <span className={style.or}>{t.account.signIn.or}</span>
            <Button
              icon={KeyRound}
              busy={busy === "passkey"}
              disabled={busy !== undefined}
              onClick={() => attempt("passkey", signInWithPasskey)}
            >
              {t.account.signIn.passkey}
            </Button>
          </>
        )}
      </form>
      <details className={style.aside}>
        <summary>{t.account.signIn.forgotten}</summary>
        <div>
          <p>{t.account.signIn.forgottenMore}</p>
          <code>./fw password reset</code>
        </div>
      </details>
    </Frame>
  );
}

/** Whole seconds until something may be tried again. */
function useCountdown() {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (until <= Date.now()) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  const wait = (ms: number) => {
    setNow(Date.now());
    setUntil(Date.now() + ms);
  };
  return { seconds: Math.max(0, Math.ceil((until - now) / 1000)), wait };
}
