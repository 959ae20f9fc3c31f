import type { z } from "zod";
import { basic } from "./capabilities/basic.ts";
import { bus } from "./capabilities/bus.ts";
import { fs } from "./capabilities/fs.ts";
import { approvals, grants, modules } from "./capabilities/module.ts";
import { outside } from "./capabilities/outside.ts";
import { schedule } from "./capabilities/schedule.ts";
import { store } from "./capabilities/store.ts";
import { journal, secrets, settings, system } from "./capabilities/system.ts";
import type { Capability } from "./capability.ts";

const all = [
  ...store,
  ...fs,
  ...outside,
  ...basic,
  ...bus,
  ...schedule,
  ...modules,
  ...grants,
  ...approvals,
  ...secrets,
  ...settings,
  ...journal,
  ...system,
] as const;

type All = (typeof all)[number];

/** Every capability there is, by name. Names are never removed or renamed. */
export const CAPABILITIES: ReadonlyMap<string, Capability> = new Map(
  all.map((one) => [one.name, one as Capability]),
);

export type { All as AnyCapability };
export type InputOf<C extends Capability> = z.input<C["input"]>;
export type OutputOf<C extends Capability> = z.output<C["output"]>;

export function capability(name: string): Capability {
  const found = CAPABILITIES.get(name);
  if (!found) throw new Error(`the catalogue has no ${name}`);
  return found;
}
