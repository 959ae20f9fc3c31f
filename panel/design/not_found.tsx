import { Compass } from "lucide-react";
import { Link } from "wouter";
import { t } from "../text/index.ts";
import { Page } from "./page.tsx";
import { Empty } from "./surface.tsx";

/** What stands at an address where nothing is. */
export const NotFound = () => (
  <Page title={t.shell.notFound}>
    <Empty icon={Compass} title={t.shell.notFound} action={<Link href="/">{t.shell.home}</Link>}>
      {t.shell.notFoundMore}
    </Empty>
  </Page>
);
