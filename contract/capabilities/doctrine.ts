import { z } from "zod";
import { moduleId } from "../id.ts";
import { owner } from "./grades.ts";

const agent = moduleId;

const rule = z.object({ id: z.string(), text: z.string(), amplitude: z.number(), sacred: z.boolean() });

export const doctrine = [
  owner(
    "doctrine.list",
    "read",
    "An agent's doctrine: its rules and how strongly each holds.",
    z.strictObject({ agent }),
    z.object({
      rules: z.array(rule),
      /** The file in the agent's folder, as it is written; null where there is none. */
      file: z.string().nullable(),
      text: z.string(),
    }),
  ),
  owner(
    "doctrine.set",
    "write",
    "Write an agent's doctrine into its folder, as rules or as text; it is in force at once.",
    z.strictObject({
      agent,
      rules: z
        .array(
          z.strictObject({
            text: z.string().trim().min(1).max(2000),
            amplitude: z.number().min(0).max(1).optional(),
            sacred: z.boolean().optional(),
          }),
        )
        .max(500)
        .optional(),
      text: z.string().max(262_144).optional(),
    }),
    z.object({ rules: z.array(rule), file: z.string() }),
  ),
] as const;
