import { Page, Skeleton } from "../../design/index.ts";
import { t } from "../../text/index.ts";

export function SettingsPage() {
  return (
    <Page title={t.shell.settings}>
      <Skeleton />
    </Page>
  );
}
