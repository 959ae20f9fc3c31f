import { KeyRound } from "lucide-react";
import { useState } from "react";
import type { JsonObject } from "#contract";
import { call, refresh, request, useCapability } from "../../../client/index.ts";
import { Ago, Button, Card, Confirm, Notice, ProblemNotice, TextField } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { Row } from "../section.tsx";
import style from "../settings.module.css";

/** A browser makes passkeys for names alone. */
const hasName = !/^(\d+\.){3}\d+$|:|^\[/.test(location.hostname);

/** Passkeys of the owner: made here, by this browser. */
export function Passkeys() {
  const { data, error } = useCapability("account.passkey.list", {});
  const [name, setName] = useState(t.settings.account.passkeyDefault);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [removing, setRemoving] = useState<{ readonly id: string; readonly name: string }>();

  const add = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await make(name.trim() || t.settings.account.passkeyDefault);
      refresh("account.");
    } catch (thrown) {
      const refused = thrown instanceof Error && ["NotAllowedError", "AbortError"].includes(thrown.name);
      setProblem(refused ? new Error(t.settings.account.refused) : thrown);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Card title={t.settings.account.passkeys}>
      <p className={style.soft}>{t.settings.account.passkeysMore}</p>
      {error && <ProblemNotice problem={error} />}
      {data?.passkeys.length === 0 && <p className={style.soft}>{t.settings.account.noPasskeys}</p>}
      {data && data.passkeys.length > 0 && (
        <ul className={style.rows}>
          {data.passkeys.map((one) => (
            <Row
              key={one.id}
              name={one.name}
              about={
                <>
                  {one.synced ? t.settings.account.synced : t.settings.account.single} ·{" "}
                  {one.used_at ? (
                    <>
                      {t.settings.account.used} <Ago at={one.used_at} />
                    </>
                  ) : (
                    t.settings.account.never
                  )}
                </>
              }
              actions={
                <Button small look="danger" onClick={() => setRemoving(one)}>
                  {t.common.remove}
                </Button>
              }
            />
          ))}
        </ul>
      )}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {hasName ? (
        <div className={style.form}>
          <TextField
            label={t.settings.account.passkeyName}
            maxLength={64}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <div>
            <Button icon={KeyRound} busy={busy} onClick={add}>
              {t.settings.account.addPasskey}
            </Button>
          </div>
        </div>
      ) : (
        <Notice tone="info">{t.settings.account.needsName(location.port)}</Notice>
      )}
      {removing && (
        <Confirm
          title={t.common.remove}
          words={t.settings.account.removeWords(removing.name)}
          action={t.common.remove}
          onConfirm={() =>
            call("account.passkey.remove", { id: removing.id }).then(() => refresh("account."))
          }
          onClose={() => setRemoving(undefined)}
        />
      )}
    </Card>
  );
}

async function make(name: string): Promise<void> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  const { options } = await request<{ options: Parameters<typeof startRegistration>[0]["optionsJSON"] }>(
    "POST",
    "/api/account/passkeys/options",
    {},
  );
  const response = await startRegistration({ optionsJSON: options });
  await request("POST", "/api/account/passkeys", { name, response: response as unknown as JsonObject });
}
