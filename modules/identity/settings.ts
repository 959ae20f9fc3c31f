import { z } from "zod";
import type { Setting } from "#contract";

export const settings: readonly Setting[] = [
  {
    key: "identity.session_idle_hours",
    summary: "A session that is not used for this long ends, hours.",
    schema: z.int().min(1).max(8760),
    initial: 168,
  },
  {
    key: "identity.session_max_days",
    summary: "A session ends after this long, however much it is used, days.",
    schema: z.int().min(1).max(365),
    initial: 30,
  },
  {
    key: "identity.session_rotate_minutes",
    summary: "A session in use gets a new token after this long, minutes.",
    schema: z.int().min(1).max(1440),
    initial: 15,
  },
];
