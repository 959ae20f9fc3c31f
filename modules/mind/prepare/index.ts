/**
 * `mind.prepare` and `skill.read`: the context of a turn. What it is made of is gathered by calls of the counter; putting it
 * together to a budget is a pure function, in `assemble/`.
 * @module
 */
import { z } from "zod";
import { capability, FieldworkError, type NewLesson, type Provider, provide, type Setting } from "#contract";
import { assemble, type Material, type Rule } from "./assemble/index.ts";
import { gather } from "./gather.ts";
import { readSkill } from "./skills.ts";

export type { Material, Rule } from "./assemble/index.ts";

/** What the context needs of the rest of the mind. */
export interface PrepareParts {
  doctrineOf(folder: string): Promise<readonly Rule[]>;
  /** The lesson in a message that corrects what the agent said before it. */
  correctionOf(material: Material): NewLesson | undefined;
}

const BUDGET_DEFAULT_TOKENS = 24_000;

export const prepareSettings: readonly Setting[] = [
  {
    key: "mind.budget_tokens",
    summary: "How many tokens the context of a turn may take, where the agent does not say.",
    schema: z.int().min(256).max(2_000_000),
    initial: BUDGET_DEFAULT_TOKENS,
  },
];

export const prepareProviders = (parts: PrepareParts): readonly Provider[] => [
  provide(capability("mind.prepare"), async ({ message, session, budget_tokens }, context) => {
    const budget = budget_tokens ?? Number(context.host.setting("mind.budget_tokens"));
    const { text = "" } = message;
    const material = await gather(
      { message: { ...message, text }, session, budget_tokens: budget },
      context,
      parts.doctrineOf,
    );
    const made = assemble(material);
    if (made.tainted) context.taint();
    const used = new Map(made.used.map(({ origin, id }) => [`${origin} ${id}`, true]));
    const recalled = [
      ...material.memories.map(({ id, score }) => ({ origin: "memory", id, score })),
      ...material.lessons.map(({ id, score = 0 }) => ({ origin: "lesson", id, score })),
    ];
    context.host.append({
      kind: "recall.done",
      subject: session,
      data: {
        agent: context.caller.id,
        tokens: made.tokens,
        budget_tokens: budget,
        recalled: recalled.map((one) => ({ ...one, used: used.has(`${one.origin} ${one.id}`) })),
      },
      trace: context.trace,
      span: context.span,
    });
    return { ...made, correction: parts.correctionOf(material) ?? null };
  }),
  provide(capability("skill.read"), ({ name }, context) => {
    const { id, tier } = context.caller;
    if (tier !== "guest") throw new FieldworkError("invalid_input", "Only an agent has skills.");
    return readSkill(context.host.folderOf(id), name);
  }),
];
