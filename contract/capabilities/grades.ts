import type { z } from "zod";
import { type Capability, defineCapability, type Effect } from "../capability.ts";

/** What everybody may ask for. */
export const auto = <const N extends string, I extends z.ZodType, O extends z.ZodType>(
  name: N,
  effect: Effect,
  summary: string,
  input: I,
  output: O,
) => defineCapability({ name, summary, grant: "auto", effect, input, output });

/** What everybody may ask for, and what changes nothing but what the caller keeps for itself. */
export const own = <const N extends string, I extends z.ZodType, O extends z.ZodType>(
  name: N,
  effect: Effect,
  summary: string,
  input: I,
  output: O,
) => defineCapability({ name, summary, grant: "auto", effect, own: true, input, output });

/** What one part of the system asks of another. */
export const system = <const N extends string, I extends z.ZodType, O extends z.ZodType>(
  name: N,
  effect: Effect,
  summary: string,
  input: I,
  output: O,
) => defineCapability({ name, summary, grant: "tier", tier: "system", effect, input, output });

/** What the owner alone does. */
export const owner = <const N extends string, I extends z.ZodType, O extends z.ZodType>(
  name: N,
  effect: Effect,
  summary: string,
  input: I,
  output: O,
  more: Pick<Capability, "confidential" | "guarded" | "confirm"> = {},
) => defineCapability({ name, summary, grant: "tier", tier: "owner", effect, input, output, ...more });
