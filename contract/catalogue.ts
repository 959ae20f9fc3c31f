import type { z } from "zod";
import { account, ownerPassword } from "./capabilities/account.ts";
import { agentFiles } from "./capabilities/agent_file.ts";
import { approvals } from "./capabilities/approval.ts";
import { backups } from "./capabilities/backup.ts";
import { basic } from "./capabilities/basic.ts";
import { blobs } from "./capabilities/blob.ts";
import { bus } from "./capabilities/bus.ts";
import { command } from "./capabilities/command.ts";
import { doctrine } from "./capabilities/doctrine.ts";
import { flowork } from "./capabilities/flowork.ts";
import { fs } from "./capabilities/fs.ts";
import { grants } from "./capabilities/grant.ts";
import { graph } from "./capabilities/graph.ts";
import { journal } from "./capabilities/journal.ts";
import { lessons } from "./capabilities/lesson.ts";
import { llm, models } from "./capabilities/llm.ts";
import { memories } from "./capabilities/memories.ts";
import { messages } from "./capabilities/message.ts";
import { mind } from "./capabilities/mind.ts";
import { modules } from "./capabilities/module.ts";
import { notes } from "./capabilities/notes.ts";
import { outside } from "./capabilities/outside.ts";
import { packs } from "./capabilities/pack.ts";
import { providers } from "./capabilities/provider.ts";
import { schedule } from "./capabilities/schedule.ts";
import { sessions } from "./capabilities/session.ts";
import { store } from "./capabilities/store.ts";
import { secrets, settings, system } from "./capabilities/system.ts";
import { tools } from "./capabilities/tool.ts";
import type { Capability } from "./capability.ts";

const all = [
  ...store,
  ...fs,
  ...outside,
  ...basic,
  ...bus,
  ...command,
  ...flowork,
  ...schedule,
  ...mind,
  ...sessions,
  ...llm,
  ...tools,
  ...modules,
  ...packs,
  ...messages,
  ...agentFiles,
  ...grants,
  ...approvals,
  ...secrets,
  ...settings,
  ...journal,
  ...system,
  ...backups,
  ...memories,
  ...graph,
  ...lessons,
  ...doctrine,
  ...notes,
  ...models,
  ...providers,
  ...blobs,
  ...account,
  ...ownerPassword,
] as const;

type All = (typeof all)[number];

/** Every capability there is, by name. Names are never removed or renamed. */
export const CAPABILITIES: ReadonlyMap<string, Capability> = new Map(
  all.map((one) => [one.name, one as Capability]),
);

export type CapabilityName = All["name"];

/** What a caller writes as the arguments of a capability. */
export type CapabilityInput<N extends CapabilityName> = z.input<Extract<All, { readonly name: N }>["input"]>;

/** What a caller gets as the result of a capability. */
export type CapabilityOutput<N extends CapabilityName> = z.output<
  Extract<All, { readonly name: N }>["output"]
>;

/** One capability, typed by its name. */
export function capability<N extends All["name"]>(name: N): Extract<All, { readonly name: N }> {
  return CAPABILITIES.get(name) as unknown as Extract<All, { readonly name: N }>;
}
