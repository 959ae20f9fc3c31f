import { useCapability } from "../../../client/index.ts";
import { Card, Facts, Moment, ProblemNotice } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { SectionHead } from "../section.tsx";
import { Passkeys } from "./passkeys.tsx";
import { PasswordForm } from "./password_form.tsx";

export function Account() {
  const { data, error } = useCapability("account.show", {});
  return (
    <>
      <SectionHead title={t.settings.sections.account} lead={t.settings.account.lead} />
      {error && <ProblemNotice problem={error} />}
      {data && (
        <Card>
          <Facts
            items={[
              [t.account.setup.name, data.owner],
              [t.settings.account.since, data.made_at && <Moment key="since" at={data.made_at} />],
            ]}
          />
        </Card>
      )}
      <PasswordForm />
      <Passkeys />
    </>
  );
}
