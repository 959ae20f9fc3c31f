import { ArrowRight } from "lucide-react";
import { Link } from "wouter";
import type { Action, ActionName } from "#contract";
import { t } from "../text/index.ts";
import style from "./action_link.module.css";

/** Where what is wrong is mended: a page of the panel; what the command line alone can do is shown as that. */
export function ActionLink({ action, onFollow }: { readonly action: Action; onFollow?(): void }) {
  const { name, page, command } = action;
  if (page === null)
    return (
      <span className={style.command}>
        {t.actions.command} <code>./{command}</code>
      </span>
    );
  // Nothing but an address of the panel itself is followed, whoever wrote it.
  if (!/^\/(?![/\\])/.test(page)) return null;
  return (
    <Link href={page} className={style.link} onClick={onFollow}>
      {t.actions.names[name as ActionName] ?? t.actions.open} <ArrowRight size={14} aria-hidden />
    </Link>
  );
}
