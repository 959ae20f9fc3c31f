import { z } from "zod";
import { defineCapability } from "../capability.ts";
import { done, empty, jsonObject, jsonValue } from "../schema.ts";

const timeNow = defineCapability({
  name: "time.now",
  summary: "The wall clock.",
  grant: "auto",
  effect: "none",
  input: empty,
  output: z.object({ ms: z.number(), iso: z.string() }),
});
const log = defineCapability({
  name: "log",
  summary: "Write a line to the module's log.",
  grant: "auto",
  effect: "none",
  input: z.strictObject({
    level: z.enum(["debug", "info", "warn", "error"]).default("info"),
    text: z.string().max(16_384),
  }),
  output: done,
});
const randomBytes = defineCapability({
  name: "random.bytes",
  summary: "Bytes from the operating system's generator, in base64.",
  grant: "auto",
  effect: "none",
  input: z.strictObject({ length: z.int().min(1).max(65_536) }),
  output: z.object({ base64: z.string() }),
});
const batch = defineCapability({
  name: "batch",
  summary: "Several calls side by side; each is checked by itself, the replies come in order.",
  grant: "auto",
  effect: "none",
  long: true,
  input: z.strictObject({
    calls: z.array(z.strictObject({ cap: z.string().max(128), args: jsonObject.default({}) })).max(64),
  }),
  output: z.object({ results: z.array(jsonValue) }),
});
const registryList = defineCapability({
  name: "registry.list",
  summary: "The modules there are, with the functions they expose.",
  grant: "auto",
  effect: "read",
  input: z.strictObject({ kind: z.string().max(32).optional(), id: z.string().max(32).optional() }),
  output: z.object({
    modules: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        display_name: z.string(),
        description: z.string(),
        functions: z.array(z.object({ name: z.string(), description: z.string() })),
      }),
    ),
  }),
});
const registryProviders = defineCapability({
  name: "registry.providers",
  summary: "Which module provides each capability.",
  grant: "auto",
  effect: "read",
  input: empty,
  output: z.object({ providers: z.record(z.string(), z.string()) }),
});

export const basic = [timeNow, log, randomBytes, batch, registryList, registryProviders] as const;
