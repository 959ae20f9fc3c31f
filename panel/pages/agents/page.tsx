import { Page, Skeleton } from "../../design/index.ts";
import { t } from "../../text/index.ts";

export function AgentsPage() {
  return (
    <Page title={t.shell.agents}>
      <Skeleton />
    </Page>
  );
}
