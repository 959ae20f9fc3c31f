import { Page, Skeleton } from "../../design/index.ts";
import { t } from "../../text/index.ts";

export function ToolsPage() {
  return (
    <Page title={t.shell.tools}>
      <Skeleton />
    </Page>
  );
}
