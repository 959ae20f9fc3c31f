import type { z } from "zod";
import type { JsonObject } from "./json.ts";

/** What a call does to the world; approval policies and taint rules speak of these. */
export const EFFECTS = ["none", "read", "write", "network", "exec", "message", "money", "system"] as const;
export type Effect = (typeof EFFECTS)[number];

/** Who stands behind a call. Later tiers hold what earlier ones do. */
export const TIERS = ["guest", "shared", "system", "owner"] as const;
export type Tier = (typeof TIERS)[number];

/** How the scope of a grant is compared with the target of a call; see `scope.ts`. */
export const SCOPES = ["target", "path", "url", "program", "secret", "tool"] as const;
export type ScopeKind = (typeof SCOPES)[number];

/** One thing that can be asked of the counter, declared once. */
export interface Capability<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  N extends string = string,
> {
  readonly name: N;
  readonly summary: string;
  /** `auto`: everybody; `owner`: asked for in the manifest, given by the owner; `tier`: callers of {@link Capability.tier} or above. */
  readonly grant: "auto" | "owner" | "tier";
  readonly tier?: Tier;
  readonly scope?: ScopeKind;
  readonly effect: Effect;
  readonly input: I;
  readonly output: O;
  /** Seconds may pass without that being a fault of the caller (waits for people, long work); time limits then rest with the provider. */
  readonly long?: true;
  /**
   * It changes only what the caller keeps for itself (its log, memory, store): policies by effect, which are about the world, do
   * not apply.
   */
  readonly own?: true;
  /**
   * Does the same call again do no harm, when a crash left its outcome unknown? By default what only reads may be repeated. A
   * provider can decide by the arguments.
   */
  readonly repeatable?: boolean;
  /** Its arguments hold what a person chose and keeps to himself, such as a password: not even their hash is written down. */
  readonly confidential?: true;
  /** It manages who may sign in: an API token covers it only by its name or its family. */
  readonly guarded?: true;
  /**
   * Whoever took over a session could use it to stay, or to carry off what opens everything: a person who is signed in has proved
   * not long ago that it is him ({@link CONFIRMED_FOR_MS}). A function says so of these arguments alone;
   * where the provider finds that nothing foreign is touched, nobody is asked.
   */
  readonly confirm?: true | ((args: JsonObject) => boolean);
  /** It only finds out who asks. What is then done in that name is recorded; a stranger who knocks writes nothing. */
  readonly unrecorded?: true;
}

/** For how long after signing in, or proving it anew, nobody is asked again. */
export const CONFIRMED_FOR_MS = 10 * 60_000;

export function defineCapability<I extends z.ZodType, O extends z.ZodType, const N extends string>(
  capability: Capability<I, O, N>,
): Capability<I, O, N> {
  if (!/^[a-z]+(\.[a-z_]+)*$/.test(capability.name))
    throw new Error(`bad capability name ${capability.name}`);
  if (capability.grant === "tier" && !capability.tier) throw new Error(`${capability.name} names no tier`);
  return capability;
}
