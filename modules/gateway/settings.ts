import { z } from "zod";
import type { JsonValue, Setting } from "#contract";

const limits = z.strictObject({
  day_usd: z.number().min(0).nullable().optional(),
  day_tokens: z.int().min(0).nullable().optional(),
});
export type AgentLimits = Readonly<Record<string, z.output<typeof limits>>>;

const milliseconds = (key: string, summary: string, initial: number): Setting => ({
  key,
  summary,
  schema: z.int().min(10).max(3_600_000),
  initial,
  unit: "ms",
});

export const settings: readonly Setting[] = [
  {
    key: "budget.day_usd",
    summary: "US dollars an agent may spend on models a day (UTC); null: no limit.",
    schema: z.number().min(0).nullable(),
    initial: null,
    unit: "USD",
  },
  {
    key: "budget.day_tokens",
    summary: "Tokens an agent may use a day (UTC), input and output together; null: no limit.",
    schema: z.int().min(0).nullable(),
    initial: null,
    unit: "tokens",
  },
  {
    key: "budget.agents",
    summary:
      'Limits of single agents, as in {"scout": {"day_usd": 2}}; what is not named there follows the limits of all.',
    schema: z.record(z.string().max(96), limits) as unknown as z.ZodType<JsonValue>,
    initial: {},
  },
  milliseconds(
    "gateway.first_ms",
    "How long a model may take to begin its answer (ms); models on a slow machine read long prompts for minutes.",
    300_000,
  ),
  milliseconds("gateway.between_ms", "How long a model may pause within its answer (ms).", 60_000),
  milliseconds("gateway.total_ms", "How long one completion may take in all (ms).", 590_000),
  {
    key: "gateway.detect_ports",
    summary: "Where model servers on this machine are looked for; null: not at all.",
    schema: z.strictObject({
      ollama: z.int().min(1).max(65_535).nullable(),
      llamacpp: z.int().min(1).max(65_535).nullable(),
      lmstudio: z.int().min(1).max(65_535).nullable(),
      vllm: z.int().min(1).max(65_535).nullable(),
    }),
    initial: { ollama: 11_434, llamacpp: 8080, lmstudio: 1234, vllm: 8000 },
  },
];
