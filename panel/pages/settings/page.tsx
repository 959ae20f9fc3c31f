import { type ComponentType, useEffect, useRef } from "react";
import { Link, Redirect, useRoute } from "wouter";
import { Page } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import { About } from "./about.tsx";
import { Account } from "./account/account.tsx";
import { Sessions } from "./account/sessions.tsx";
import { Tokens } from "./account/tokens.tsx";
import { Backup } from "./backup.tsx";
import { Gateway } from "./gateway.tsx";
import { Limits } from "./limits.tsx";
import { Models } from "./models/models.tsx";
import { Policies } from "./policies.tsx";
import { Secrets } from "./secrets.tsx";
import style from "./settings.module.css";

type Section = keyof typeof t.settings.sections;

const SECTIONS: Readonly<Record<Section, ComponentType>> = {
  models: Models,
  gateway: Gateway,
  policies: Policies,
  secrets: Secrets,
  account: Account,
  sessions: Sessions,
  tokens: Tokens,
  backup: Backup,
  limits: Limits,
  about: About,
};

export function SettingsPage() {
  const [, params] = useRoute("/settings/:section");
  const section = params?.section;
  const menu = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where not all fit, the one that is shown is moved into sight.
  useEffect(() => {
    menu.current?.querySelector("[aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [section]);
  if (section === undefined) return <Redirect to="/settings/models" replace />;
  const Shown = (SECTIONS as Readonly<Record<string, ComponentType | undefined>>)[section];
  if (!Shown) return <Redirect to="/settings/models" replace />;
  return (
    <Page title={t.shell.settings} wide>
      <div className={style.settings}>
        <nav ref={menu} aria-label={t.settings.label}>
          <ul>
            {(Object.keys(SECTIONS) as Section[]).map((one) => (
              <li key={one}>
                <Link href={`/settings/${one}`} aria-current={one === section ? "page" : undefined}>
                  {t.settings.sections[one]}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className={style.section}>
          <Shown />
        </div>
      </div>
    </Page>
  );
}
