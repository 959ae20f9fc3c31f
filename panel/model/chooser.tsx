import { type ReactNode, useState } from "react";
import { useCapability } from "../client/index.ts";
import { Card } from "../design/index.ts";
import { t } from "../text/index.ts";
import { Found } from "./found.tsx";
import style from "./model.module.css";
import { type Entered, ProviderForm } from "./provider_form.tsx";
import { type Trial, TrialResult } from "./trial.tsx";

/**
 * Finds a model on this machine or takes one of a provider, tries it, and makes it the default. `action` are the words of what comes
 * then; `children` are shown below the choice; `onWithout` goes on where none works.
 */
export function ModelChooser({
  onDone,
  onWithout,
  action = t.common.done,
  children,
}: {
  onDone(): void;
  onWithout?(): void;
  readonly action?: string;
  readonly children?: ReactNode;
}) {
  const [trial, setTrial] = useState<Trial>();
  const [entered, setEntered] = useState<Entered>();
  const providers = useCapability("model.providers", {});
  if (trial)
    return (
      <TrialResult
        trial={trial}
        action={action}
        onDone={onDone}
        onOther={() => setTrial(undefined)}
        {...(onWithout ? { onWithout } : {})}
      />
    );
  return (
    <>
      <Found onChosen={setTrial} />
      <Card title={t.welcome.providers}>
        <p className={style.soft}>{t.welcome.providersMore}</p>
        {providers.data && (
          <ProviderForm
            providers={providers.data.providers}
            entered={entered}
            onChosen={(chosen, what) => {
              setEntered(what);
              setTrial(chosen);
            }}
          />
        )}
      </Card>
      {children}
    </>
  );
}
