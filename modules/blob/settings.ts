import { z } from "zod";
import type { Setting } from "#contract";

export const settings: readonly Setting[] = [
  {
    key: "blob.max_bytes",
    summary: "How many bytes all files that came with messages may take together.",
    schema: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
    initial: 4_294_967_296,
  },
];
