import { Page, Skeleton } from "../../design/index.ts";
import { t } from "../../text/index.ts";

export function ModulesPage() {
  return (
    <Page title={t.shell.modules}>
      <Skeleton />
    </Page>
  );
}
