import { z } from "zod";
import { defineCapability } from "../capability.ts";

const slashRun = defineCapability({
  name: "slash.run",
  summary: "Run a slash command under the caller's own rights.",
  grant: "owner",
  effect: "none",
  long: true,
  repeatable: false,
  input: z.strictObject({ text: z.string().min(1).max(65_536) }),
  output: z.object({ text: z.string() }),
});

export const command = [slashRun] as const;
