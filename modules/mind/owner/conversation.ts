import { type CallContext, capability, FieldworkError, type Provider, provide } from "#contract";
import { forgetAll, saidIn, settle, tracesOf } from "../memories/forget.ts";
import { forgetRecalled } from "../memories/forget-session.ts";
import { recall } from "../parts.ts";
import { TRACES_MOST } from "../recall/cleanse.ts";
import { recalledOf } from "../recall/recalled.ts";
import { stateOf } from "./state.ts";

/** The standard turn keeps no more of what was said. */
const SAID_MOST_CHARS = 16_000;

/** What a conversation leaves in the mind: what was recalled for it, and what goes when it is taken back or deleted. */
export const conversationProviders: readonly Provider[] = [
  provide(capability("mind.unsay"), async ({ agent, session, texts }, context) => {
    const said = texts.map((text) => text.slice(0, SAID_MOST_CHARS));
    const ids = saidIn(context.host.stateOf(agent), session, said);
    const { forgotten } = await forgetAll(stateOf(context, agent), ids);
    return { forgotten };
  }),
  provide(capability("mind.cleanse"), async ({ agent, session, texts, thorough }, context) => {
    const noted = forgetRecalled(context.host.stateOf(agent), session);
    const traces = [...texts, ...noted].flatMap(tracesOf);
    const looked = thorough ? traces : spread(traces, TRACES_MOST);
    await settle(stateOf(context, agent), looked, recall);
    return { ok: true as const };
  }),
  provide(capability("mind.recalled"), ({ agent, turn }, context) =>
    recalledOf(context.host.stateOf(agent), turn),
  ),
];

/** The log of a conversation that is to be forgotten; that there is none is as good. */
export async function deleteLog(context: CallContext, agent: string, session: string): Promise<void> {
  try {
    await context.call("session.delete", { agent, session, thorough: true });
  } catch (error) {
    if (!(error instanceof FieldworkError) || error.code !== "not_found") throw error;
  }
}

/** So many of a list, from all over it. */
const spread = <T>(list: readonly T[], most: number): T[] =>
  list.filter(
    (_, at) => Math.floor((at * most) / list.length) !== Math.floor(((at - 1) * most) / list.length),
  );
