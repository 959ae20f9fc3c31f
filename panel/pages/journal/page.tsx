import { Page, Skeleton } from "../../design/index.ts";
import { t } from "../../text/index.ts";

export function JournalPage() {
  return (
    <Page title={t.shell.journal}>
      <Skeleton />
    </Page>
  );
}
