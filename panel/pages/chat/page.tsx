import { Page, Skeleton } from "../../design/index.ts";
import { t } from "../../text/index.ts";

export function ChatPage() {
  return (
    <Page title={t.shell.chat}>
      <Skeleton />
    </Page>
  );
}
