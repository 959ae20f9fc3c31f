import { Link } from "wouter";
import { count, Dialog, dollars, duration, Facts, Moment } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import type { ReplyItem } from "../conversation/index.ts";
import { spentOn } from "./cost.tsx";

/** All that a turn took, in words. */
export function TurnDetails({ item, onClose }: { readonly item: ReplyItem; onClose(): void }) {
  const { cost, input, output, cached, ms, model, provider, first_ms } = spentOn(item);
  return (
    <Dialog title={t.chat.turnDetails} onClose={onClose}>
      <Facts
        items={[
          ...(model ? [[t.chat.model, model] as const] : []),
          ...(provider ? [[t.chat.provider, provider] as const] : []),
          [t.chat.tokensIn, cached > 0 ? `${count(input)} (${t.chat.cached(cached)})` : count(input)],
          [t.chat.tokensOut, count(output)],
          [t.chat.cost, cost === undefined ? t.chat.noCost : dollars(cost)],
          ...(ms === undefined ? [] : [[t.chat.took, duration(ms)] as const]),
          ...(first_ms === undefined ? [] : [[t.chat.firstWord, duration(first_ms)] as const]),
          [t.chat.steps, count(item.completions.length)],
          [t.chat.began, <Moment key="at" at={item.turn?.at ?? item.at} />],
        ]}
      />
      {item.trace !== null && <Link href={`/journal/${item.trace}`}>{t.chat.trace}</Link>}
    </Dialog>
  );
}
