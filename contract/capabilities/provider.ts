import { z } from "zod";
import { empty, isoTime } from "../schema.ts";
import { owner } from "./grades.ts";

/** A provider of models that is known by name. */
export const modelProvider = z.object({
  id: z.string(),
  name: z.string(),
  dialect: z.enum(["openai", "anthropic"]),
  /** Empty where the user has to say it. */
  base_url: z.string(),
  /** It runs on this machine, or on one of the user's. */
  local: z.boolean(),
  key: z.enum(["required", "optional", "none"]),
  /** What a key looks like and where one is made, in words. */
  key_help: z.string(),
  /** Does it list its models? */
  lists: z.boolean(),
});
export type ModelProvider = z.infer<typeof modelProvider>;

const catalogueModel = z.object({
  /** What the provider calls it: `model` of `model.add`. */
  id: z.string(),
  name: z.string(),
  context_tokens: z.int().nullable(),
  /** US dollars per million tokens, where the provider says. */
  input_usd: z.number().nullable(),
  output_usd: z.number().nullable(),
  embeds: z.boolean(),
});
export type CatalogueModel = z.infer<typeof catalogueModel>;

const budget = z.strictObject({
  day_usd: z.number().min(0).nullable(),
  day_tokens: z.int().min(0).nullable(),
});

export const providers = [
  owner(
    "model.providers",
    "read",
    "Providers of models that are known by name; asks nobody.",
    empty,
    z.object({ providers: z.array(modelProvider) }),
  ),
  owner(
    "model.catalogue",
    "network",
    "Ask a provider which models a key can use; the key is not kept. By a provider's id, or by base URL and dialect.",
    z.strictObject({
      provider: z.string().max(64).optional(),
      base_url: z.string().max(2048).optional(),
      dialect: z.enum(["openai", "anthropic"]).optional(),
      key: z.string().max(4096).optional(),
      like: z
        .string()
        .max(128)
        .optional()
        .describe("With address and key of this model, which there is already"),
    }),
    z.object({ models: z.array(catalogueModel), truncated: z.boolean() }),
  ),
  owner(
    "model.budget",
    "system",
    "Read or change the daily budget of one agent for models (days are UTC); null takes its own back.",
    z.strictObject({ agent: z.string().min(1).max(96), set: budget.nullable().optional() }),
    z.object({ own: budget.nullable(), in_force: budget }),
  ),
  owner(
    "model.keys",
    "read",
    "The programs that have a key of the gateway, never the keys.",
    empty,
    z.object({ keys: z.array(z.object({ name: z.string(), made_at: isoTime })) }),
  ),
] as const;
