import { MessageCircleQuestion, ShieldQuestion } from "lucide-react";
import type { SessionInfo } from "#contract";
import { Spinner } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./sidebar.module.css";

const ASKED = {
  approval: { icon: ShieldQuestion, badge: t.chat.approveBadge, words: t.chat.waitsForApproval },
  question: { icon: MessageCircleQuestion, badge: t.chat.answerBadge, words: t.chat.waitsForAnswer },
} as const;

/** What happens in a conversation just now; that it waits for its owner is said in words. */
export function TurnState({ info: { turn, waits_for } }: { readonly info: SessionInfo }) {
  if (waits_for) {
    const { icon: Icon, badge, words } = ASKED[waits_for];
    return (
      <span className={style.asks} title={words}>
        <Icon size={13} strokeWidth={2} aria-hidden />
        <span aria-hidden>{badge}</span>
        <span className="visually-hidden">{words}</span>
      </span>
    );
  }
  if (turn === "idle") return null;
  return (
    <span className={style.state} data-waits={turn === "waiting" || undefined}>
      {turn === "running" && <Spinner />}
      <span className="visually-hidden">{turn === "running" ? t.chat.running : t.chat.waiting}</span>
    </span>
  );
}
