import { z } from "zod";
import type { Setting } from "#contract";

export const settings: readonly Setting[] = [
  {
    key: "session.stop_grace_ms",
    summary:
      "How long a turn that was told to stop may take to end by itself before it is cut off, milliseconds.",
    schema: z.int().min(0).max(600_000),
    initial: 5000,
    unit: "ms",
  },
];
