import { Page, Skeleton } from "../../design/index.ts";
import { t } from "../../text/index.ts";

export function MindPage() {
  return (
    <Page title={t.shell.mind}>
      <Skeleton />
    </Page>
  );
}
