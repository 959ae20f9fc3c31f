import { availableParallelism } from "node:os";
import { z } from "zod";
import type { Setting } from "#contract";

const number = (key: string, summary: string, initial: number, min: number, max: number): Setting => ({
  key,
  summary,
  schema: z.number().min(min).max(max),
  initial,
});

/** The limits the kernel holds everybody to. */
export const kernelSettings: readonly Setting[] = [
  number("limits.memory_floor_mb", "Every module may have at least this much memory (MiB).", 64, 1, 4096),
  number(
    "limits.memory_ceiling_mb",
    "No module may have more memory than this (MiB), whatever it asks for.",
    512,
    1,
    4096,
  ),
  number(
    "limits.fuel_per_call",
    "CPU budget of one call, in units of fuel (about one simple instruction each).",
    20_000_000_000,
    1_000_000,
    Number.MAX_SAFE_INTEGER,
  ),
  number(
    "limits.calls_per_second",
    "Counter calls a module may make a second, lasting.",
    20_000,
    1,
    10_000_000,
  ),
  number(
    "limits.calls_burst",
    "Counter calls a module may make at once before the lasting rate holds.",
    200_000,
    1,
    10_000_000,
  ),
  number(
    "sandbox.processes",
    "Sandbox processes at most; needs a restart.",
    Math.max(1, Math.min(8, availableParallelism())),
    1,
    64,
  ),
  number(
    "sandbox.memory_mb",
    "Memory of all modules in one sandbox process together (MiB); needs a restart.",
    2048,
    64,
    65_536,
  ),
  number(
    "approvals.expire_hours",
    "An approval nobody decides expires after this many hours.",
    24,
    0.01,
    8760,
  ),
  number(
    "journal.keep_mb",
    "The journal drops its oldest events beyond this size (MiB).",
    4096,
    16,
    1_048_576,
  ),
];
