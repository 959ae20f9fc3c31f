import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button, Notice, ProblemNotice, TextField } from "../design/index.ts";
import { t } from "../text/index.ts";
import style from "./form.module.css";
import { Frame } from "./frame.tsx";
import { type AccountState, signIn, signInWithPasskey, takesPasskeys } from "./state.ts";
import { useAttempts } from "./use_attempts.ts";

/** Signing in, with the password or a passkey. */
export function SignIn({ account, onDone }: { readonly account: AccountState; onDone(): Promise<unknown> }) {
  const [password, setPassword] = useState("");
  const { busy, problem, seconds, attempt } = useAttempts(onDone);
  const passkeys = takesPasskeys(account);
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
