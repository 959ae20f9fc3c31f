import { z } from "zod";
import type { JsonObject, JsonValue } from "./json.ts";

/** Any JSON value. What enters was parsed by `JSON.parse`, so only `undefined` has to be kept out. */
export const jsonValue = z.custom<JsonValue>(
  (value) => value !== undefined && typeof value !== "function",
  "not a JSON value",
);
export const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "not a JSON object",
);
export const isoTime = z.iso.datetime();
export const empty = z.strictObject({});
export const done = z.object({ ok: z.literal(true) });
