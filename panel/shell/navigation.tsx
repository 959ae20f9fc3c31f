import { CircleUser, Command, LogOut, Menu as MenuIcon, Monitor, Moon, Search, Sun } from "lucide-react";
import { useEffect, useRef } from "react";
import { Link, useLocation } from "wouter";
import { useAccount, useCapability } from "../client/index.ts";
import { Menu } from "../design/index.ts";
import { PLACES } from "../pages/index.ts";
import { t } from "../text/index.ts";
import style from "./navigation.module.css";
import { setTheme, useTheme } from "./theme.ts";

/** Whose keyboards have a command key. */
const APPLE = /Mac|iPhone|iPad/.test(navigator.platform);

/** How many things wait for the owner: approvals and questions. */
export function useWaiting(): number {
  const approvals = useCapability("approval.list", {});
  const questions = useCapability("question.list", {});
  return (approvals.data?.approvals.length ?? 0) + (questions.data?.questions.length ?? 0);
}

/** The main menu: along the left edge, and under a button where there is no room. */
export function Navigation({ onPalette }: { onPalette(): void }) {
  const [path] = useLocation();
  const waiting = useWaiting();
  const { name, signOut } = useAccount();
  const theme = useTheme();
  const drawer = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the drawer.
  useEffect(() => drawer.current?.hidePopover?.(), [path]);

  return (
    <>
      <button type="button" className={style.toggle} popoverTarget="navigation" aria-label={t.shell.menu}>
        <MenuIcon size={20} aria-hidden />
        {waiting > 0 && <span className={style.dot} />}
      </button>
      <nav
        ref={drawer}
        id="navigation"
        popover="auto"
        className={style.navigation}
        aria-label={t.shell.navigation}
      >
        <Link href="/chat" className={style.brand}>
          <img src="/icon.svg" alt="" width={26} height={26} />
          <span>{t.product}</span>
        </Link>
        <button type="button" className={style.search} onClick={onPalette}>
          <Search size={16} aria-hidden />
          <span>{t.common.search}</span>
          <kbd>{APPLE ? <Command size={11} aria-hidden /> : "Ctrl "}K</kbd>
        </button>
        <ul>
          {PLACES.map(({ name: place, path: to, icon: Icon }) => {
            const here = path === to || path.startsWith(`${to}/`);
            return (
              <li key={to}>
                <Link href={to} className={style.place} aria-current={here ? "page" : undefined}>
                  <Icon size={18} strokeWidth={1.8} aria-hidden />
                  <span>{t.shell[place] as string}</span>
                  {place === "approvals" && waiting > 0 && (
                    <span className={style.waiting}>
                      {waiting}
                      <span className="visually-hidden"> {t.shell.waiting(waiting)}</span>
                    </span>
                  )}
                </Link>
              </li>
            );
          })}
        </ul>
        <footer>
          <CircleUser size={18} strokeWidth={1.8} aria-hidden />
          <span>{name}</span>
          <Menu
            small
            label={t.common.more}
            items={[
              {
                label: t.shell.themes.light,
                icon: Sun,
                chosen: theme === "light",
                onSelect: () => setTheme("light"),
              },
              {
                label: t.shell.themes.dark,
                icon: Moon,
                chosen: theme === "dark",
                onSelect: () => setTheme("dark"),
              },
              {
                label: t.shell.themes.auto,
                icon: Monitor,
                chosen: theme === "auto",
                onSelect: () => setTheme("auto"),
              },
              { label: t.shell.signOut, icon: LogOut, apart: true, onSelect: signOut },
            ]}
          />
        </footer>
      </nav>
    </>
  );
}
