import { Page, Skeleton } from "../../design/index.ts";
import { t } from "../../text/index.ts";

export function ApprovalsPage() {
  return (
    <Page title={t.shell.approvals}>
      <Skeleton />
    </Page>
  );
}
