import { availableParallelism } from "node:os";
import { z } from "zod";
import type { JsonValue, Setting } from "#contract";

interface More {
  readonly unit?: string;
  readonly restart?: true;
}

const number = (
  key: string,
  summary: string,
  initial: number,
  min: number,
  max: number,
  more: More = {},
): Setting => ({ key, summary, schema: z.number().min(min).max(max), initial, ...more });

const MIB = { unit: "MiB" };
const EFFECTS_JUDGED = ["read", "write", "network", "exec", "message", "money", "system", "tainted"] as const;

/** The limits the kernel holds everybody to. */
export const kernelSettings: readonly Setting[] = [
  number(
    "limits.memory_floor_mb",
    "Every module may have at least this much memory (MiB).",
    64,
    1,
    4096,
    MIB,
  ),
  number(
    "limits.memory_ceiling_mb",
    "No module may have more memory than this (MiB), whatever it asks for.",
    512,
    1,
    4096,
    MIB,
  ),
  number(
    "limits.fuel_per_call",
    "CPU budget of one call, in units of fuel (about one simple instruction each).",
    20_000_000_000,
    1_000_000,
    Number.MAX_SAFE_INTEGER,
    { unit: "fuel" },
  ),
  number(
    "limits.calls_per_second",
    "Counter calls a module may make a second, lasting.",
    20_000,
    1,
    10_000_000,
    { unit: "calls" },
  ),
  number(
    "limits.calls_burst",
    "Counter calls a module may make at once before the lasting rate holds.",
    200_000,
    1,
    10_000_000,
    { unit: "calls" },
  ),
  number(
    "sandbox.processes",
    "Sandbox processes at most; needs a restart.",
    Math.max(1, Math.min(8, availableParallelism())),
    1,
    64,
    { unit: "processes", restart: true },
  ),
  number(
    "sandbox.memory_mb",
    "Memory of all modules in one sandbox process together (MiB); needs a restart.",
    2048,
    64,
    65_536,
    { ...MIB, restart: true },
  ),
  number(
    "approvals.expire_hours",
    "An approval nobody decides expires after this many hours.",
    24,
    0.01,
    8760,
    { unit: "hours" },
  ),
  {
    key: "policy.default",
    summary:
      "What is decided about an effect of a module whose own policy says nothing: allow, ask or deny; `tainted` is an effect that content from outside may have chosen.",
    schema: z.partialRecord(
      z.enum(EFFECTS_JUDGED),
      z.enum(["allow", "ask", "deny"]),
    ) as unknown as z.ZodType<JsonValue>,
    initial: {},
  },
  number(
    "journal.keep_mb",
    "The journal drops its oldest events beyond this size (MiB).",
    4096,
    16,
    1_048_576,
    MIB,
  ),
  number(
    "trash.keep_days",
    "A removed module stays in the trash for this many days; what is older goes at the next start.",
    30,
    0,
    3650,
    { unit: "days" },
  ),
];
