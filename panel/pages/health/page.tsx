import { Page, Skeleton } from "../../design/index.ts";
import { t } from "../../text/index.ts";

export function HealthPage() {
  return (
    <Page title={t.shell.health}>
      <Skeleton />
    </Page>
  );
}
