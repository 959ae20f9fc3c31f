/**
 * `mind.prepare` and `skill.read`: the context of a turn. What it is made of is gathered by calls of the counter; putting it
 * together to a budget is a pure function, in `assemble/`.
 * @module
 */
import { z } from "zod";
import {
  type CallContext,
  capability,
  FieldworkError,
  type NewLesson,
  type Provider,
  provide,
  type Setting,
} from "#contract";
import { type NotedPiece, noteRecalled } from "../recall/recalled.ts";
import { type Assembled, assemble, type Material, type Rule } from "./assemble/index.ts";
import { gather } from "./gather.ts";
import { roomFor } from "./room.ts";
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

/**
 * What was recalled for the turn: the journal has the names and how well each fits; why, which says words of it, is noted where it
 * can be forgotten.
 */
function tellRecalled(material: Material, made: Assembled, context: CallContext): void {
  const taken = new Map(made.used.map(({ origin, id, tokens }) => [`${origin} ${id}`, tokens]));
  const piece = (origin: string, id: string, score: number, why: readonly string[]): NotedPiece => {
    const tokens = taken.get(`${origin} ${id}`);
    return { origin, id, score, why: [...why], used: tokens !== undefined, tokens: tokens ?? 0 };
  };
  const pieces = [
    ...material.memories.map(({ id, score, why }) => piece("memory", id, score, why)),
    ...material.lessons.map(({ id, score = 0 }) =>
      piece("lesson", id, score, [`it fits the situation by ${Math.round(score * 100)} %`]),
    ),
  ];
  const { tokens, budget_tokens } = made;
  const { session, turn } = material;
  noteRecalled(context.state(), { turn, session, tokens, budget_tokens, pieces });
  context.host.append({
    kind: "recall.done",
    subject: session,
    data: {
      agent: context.caller.id,
      session,
      tokens,
      budget_tokens,
      recalled: pieces.map(({ why, ...rest }) => rest),
    },
    trace: context.trace,
    span: context.span,
  });
}

export const prepareProviders = (parts: PrepareParts): readonly Provider[] => [
  provide(capability("mind.prepare"), async ({ message, session, budget_tokens, ...model }, context) => {
    const asked = budget_tokens ?? Number(context.host.setting("mind.budget_tokens"));
    const room = await roomFor({ budget_tokens: asked, ...model }, context);
    const { text = "" } = message;
    const material = await gather(
      { message: { ...message, text }, session, room },
      context,
      parts.doctrineOf,
    );
    const made = assemble(material);
    if (made.tainted) context.taint();
    tellRecalled(material, made, context);
    return { ...made, correction: parts.correctionOf(material) ?? null };
  }),
  provide(capability("skill.read"), ({ name }, context) => {
    const { id, tier } = context.caller;
    if (tier !== "guest") throw new FieldworkError("invalid_input", "Only an agent has skills.");
    return readSkill(context.host.folderOf(id), name);
  }),
];
