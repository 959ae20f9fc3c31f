import { dollars, duration } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import type { ReplyItem } from "../conversation/index.ts";

/** What a turn took, added up from the journal's answers of models; where there are none, as the turn says itself. */
export function spentOn({ turn, completions }: Pick<ReplyItem, "turn" | "completions">) {
  const sum = (value: (one: ReplyItem["completions"][number]) => number | null | undefined) =>
    completions.reduce((all, one) => all + (value(one) ?? 0), 0);
  const usage = turn?.usage;
  const priced = completions.some(({ cost_usd }) => cost_usd !== null);
  const said = completions.some((one) => one.usage !== undefined);
  return {
    cost: priced ? sum((one) => one.cost_usd) : (turn?.cost_usd ?? undefined),
    input: said ? sum((one) => one.usage?.input_tokens) : (usage?.input_tokens ?? 0),
    output: said ? sum((one) => one.usage?.output_tokens) : (usage?.output_tokens ?? 0),
    cached: said ? sum((one) => one.usage?.cache_read_tokens) : (usage?.cache_read_tokens ?? 0),
    ms: turn?.finished_at ? Date.parse(turn.finished_at) - Date.parse(turn.at) : undefined,
    model: completions.findLast(({ ok }) => ok)?.model,
    provider: completions.findLast(({ ok }) => ok)?.provider,
    first_ms: completions[0]?.first_ms,
  };
}

/** In a line: model, tokens, cost, time. */
export function TurnCost({ item }: { readonly item: ReplyItem }) {
  const { cost, input, output, ms, model } = spentOn(item);
  return (
    <>
      {model && <span>{model}</span>}
      {input + output > 0 && <span>{t.chat.tokensOf(input + output)}</span>}
      {cost !== undefined && cost > 0 && <span>{dollars(cost)}</span>}
      {ms !== undefined && <span>{duration(ms)}</span>}
    </>
  );
}
