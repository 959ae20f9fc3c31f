import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button, Dialog, Notice, ProblemNotice, TextField } from "../design/index.ts";
import { t } from "../text/index.ts";
import style from "./prove.module.css";
import { confirmByPasskey, confirmByPassword, readAccount, takesPasskeys } from "./state.ts";
import { useAttempts } from "./use_attempts.ts";

/** Proving once more to be the owner, by password or passkey; what was about to be done goes on by itself. */
export default function Prove({ onDone, onClose }: { onDone(): void; onClose(): void }) {
  const [password, setPassword] = useState("");
  const { busy, problem, seconds, attempt } = useAttempts(onDone);
  // A passkey may have been added since the page was opened.
  const { data: account } = useQuery({ queryKey: ["account"], queryFn: readAccount, staleTime: 0 });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (seconds === 0 && busy === undefined) void attempt("password", () => confirmByPassword(password));
  };
  return (
    <Dialog
      title={t.account.confirm.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button
            look="primary"
            type="submit"
            form="confirm-it-is-you"
            busy={busy === "password"}
            disabled={seconds > 0 || busy !== undefined}
          >
            {t.account.confirm.action}
          </Button>
        </>
      }
    >
      <p>{t.account.confirm.lead}</p>
      <form id="confirm-it-is-you" className={style.form} onSubmit={submit}>
        <TextField
          label={t.account.signIn.password}
          type="password"
          name="password"
          autoComplete="current-password"
          maxLength={1024}
          required
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        <input type="text" name="username" autoComplete="username" hidden readOnly value="owner" />
      </form>
      {seconds > 0 ? (
        <Notice tone="warn">{t.account.signIn.wait(seconds)}</Notice>
      ) : (
        problem !== undefined && <ProblemNotice problem={problem} />
      )}
      {account && takesPasskeys(account) && (
        <Button
          icon={KeyRound}
          busy={busy === "passkey"}
          disabled={busy !== undefined}
          onClick={() => attempt("passkey", confirmByPasskey)}
        >
          {t.account.confirm.passkey}
        </Button>
      )}
    </Dialog>
  );
}
