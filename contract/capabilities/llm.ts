import { z } from "zod";
import { action } from "../action.ts";
import { type Capability, defineCapability, type Effect } from "../capability.ts";
import { llmReply, llmRequest } from "../llm.ts";
import { done, empty } from "../schema.ts";

const complete = defineCapability({
  name: "llm.complete",
  summary: "Ask a model; candidates are tried in order, the budget is reserved before and settled after.",
  grant: "auto",
  effect: "money",
  long: true,
  repeatable: true,
  input: llmRequest,
  output: llmReply,
});
const embed = defineCapability({
  name: "llm.embed",
  summary: "Vectors of texts, where an embedder is configured.",
  grant: "auto",
  effect: "money",
  long: true,
  repeatable: true,
  input: z.strictObject({
    input: z.array(z.string().max(65_536)).min(1).max(256),
    model: z.string().max(256).optional(),
  }),
  output: z.object({
    vectors: z.array(z.array(z.number())),
    model: z.string(),
    input_tokens: z.int().default(0),
  }),
});

const embedder = defineCapability({
  name: "llm.embedder",
  summary: "The model that makes vectors of memories, where the owner chose one; nothing is asked of it.",
  grant: "auto",
  effect: "none",
  input: empty,
  output: z.object({ model: z.string().nullable() }),
});

const owner = <const N extends string, I extends z.ZodType, O extends z.ZodType>(
  name: N,
  effect: Effect,
  summary: string,
  input: I,
  output: O,
  more: Pick<Capability, "confirm"> = {},
) =>
  defineCapability({
    name,
    summary,
    grant: "tier",
    tier: "owner",
    effect,
    input,
    output,
    long: true,
    ...more,
  });

const modelInfo = z.object({
  name: z.string(),
  dialect: z.enum(["openai", "anthropic", "builtin"]),
  base_url: z.string(),
  model: z.string(),
  has_key: z.boolean(),
  /** Found on this machine, not added by hand. */
  detected: z.boolean(),
  default: z.boolean(),
  context_tokens: z.int().nullable(),
  /** US dollars per million tokens; `null`: unknown, no cost is counted. */
  input_usd: z.number().nullable(),
  output_usd: z.number().nullable(),
  cache_read_usd: z.number().nullable().default(null),
  cache_write_usd: z.number().nullable().default(null),
  embeds: z.boolean(),
  /** Memories get their vectors from it. */
  embedder: z.boolean().default(false),
});
export type ModelInfo = z.infer<typeof modelInfo>;
const name = z.string().regex(/^[a-z0-9][a-z0-9._:/-]{0,127}$/i);

export const models = [
  owner(
    "model.list",
    "read",
    "The models there are, and which one is used by default.",
    empty,
    z.object({
      models: z.array(modelInfo),
      /** The candidates in use, in order: of all (agent ""), and of agents with a choice of their own. */
      uses: z.array(z.object({ agent: z.string(), candidates: z.array(z.string()) })).default([]),
    }),
  ),
  owner(
    "model.add",
    "system",
    "Add a model of a provider; the key is kept as a secret.",
    z.strictObject({
      name,
      dialect: z.enum(["openai", "anthropic"]),
      base_url: z.string().max(2048),
      model: z.string().max(256),
      key: z.string().max(4096).optional(),
      context_tokens: z.int().min(256).optional(),
      input_usd: z.number().min(0).optional(),
      output_usd: z.number().min(0).optional(),
      cache_read_usd: z.number().min(0).optional(),
      cache_write_usd: z.number().min(0).optional(),
      embeds: z.boolean().default(false),
    }),
    modelInfo,
    { confirm: true },
  ),
  owner("model.remove", "system", "Forget a model and its key.", z.strictObject({ name }), done),
  owner(
    "model.use",
    "system",
    "Make a model (or candidates, separated by commas) the default, or an agent's own.",
    z.strictObject({
      model: z.string().max(1024),
      agent: z.string().max(32).optional(),
      embed: z.boolean().default(false).describe("For vectors of memories; `none`: for none"),
    }),
    done,
  ),
  owner(
    "model.detect",
    "network",
    "Look for model servers on this machine (Ollama, llama.cpp, LM Studio, vLLM) and list what they serve.",
    empty,
    z.object({ models: z.array(modelInfo) }),
  ),
  owner(
    "model.test",
    "network",
    "Send a model one short message and say what came back, or what is wrong and how to mend it.",
    z.strictObject({ name }),
    z.object({
      ok: z.boolean(),
      text: z.string(),
      ms: z.number(),
      code: z.string().nullable(),
      remedy: z.string().nullable(),
      action: action.optional(),
    }),
  ),
  owner(
    "model.usage",
    "read",
    "Calls, tokens and cost by agent, model and day, and what is left of the budgets.",
    z.strictObject({ days: z.int().min(1).max(366).default(7) }),
    z.object({
      usage: z.array(
        z.object({
          day: z.string(),
          agent: z.string(),
          model: z.string(),
          calls: z.int(),
          input_tokens: z.int(),
          output_tokens: z.int(),
          cost_usd: z.number(),
        }),
      ),
      /** One row for each day asked for, oldest first, also where nothing was used. */
      days: z
        .array(
          z.object({
            day: z.string(),
            calls: z.int(),
            input_tokens: z.int(),
            output_tokens: z.int(),
            cost_usd: z.number(),
          }),
        )
        .default([]),
      budgets: z.array(
        z.object({
          agent: z.string(),
          day_usd: z.number().nullable(),
          spent_usd: z.number(),
          reserved_usd: z.number(),
          day_tokens: z.int().nullable(),
          spent_tokens: z.int(),
        }),
      ),
    }),
  ),
  owner(
    "model.key",
    "system",
    "Make or revoke a key for programs that use the gateway.",
    z.strictObject({ name: z.string().min(1).max(64), revoke: z.boolean().default(false) }),
    z.object({ key: z.string().nullable() }),
    { confirm: ({ revoke }) => revoke !== true },
  ),
] as const;

const stop = defineCapability({
  name: "llm.stop",
  summary: "Let the completions of an agent that stream to a session end now, with what was said so far.",
  grant: "tier",
  tier: "system",
  effect: "none",
  input: z.strictObject({ agent: z.string().max(32), stream_to: z.string().max(256) }),
  output: z.object({ stopped: z.int() }),
});

const status = defineCapability({
  name: "llm.status",
  summary:
    "The models that an agent's completions go to, in order, with the room they have and what is wrong with them just now.",
  grant: "tier",
  tier: "system",
  effect: "read",
  input: z.strictObject({ agent: z.string().max(32), model: z.string().max(1024).optional() }),
  output: z.object({
    candidates: z.array(
      z.object({
        model: z.string(),
        dialect: modelInfo.shape.dialect,
        context_tokens: z.int().nullable(),
        /** Its last answer was a failure. */
        failing: z.object({ code: z.string(), at: z.string() }).nullable(),
      }),
    ),
  }),
});

const client = defineCapability({
  name: "llm.client",
  summary: "The program that a key of the gateway belongs to; the key comes as its SHA-256 in hexadecimal.",
  grant: "tier",
  tier: "system",
  effect: "read",
  unrecorded: true,
  input: z.strictObject({ key_sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  output: z.object({ client: z.string().nullable() }),
});

export const llm = [complete, embed, embedder, stop, status, client] as const;
