import { z } from "zod";
import type { JsonObject, JsonValue } from "#contract";

/**
 * A tool's schema as JSON Schema 2020-12 for models, forms and documents: one object without references, since many model
 * providers follow none, and without what costs tokens in every turn and tells nobody anything: limits of length, which the
 * arguments are checked by anyway, and expressions for what `format` names.
 */
export function toolSchema(schema: z.ZodType, side: "input" | "output"): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io: side,
    unrepresentable: "any",
    reused: "inline",
    cycles: "throw",
  }) as Record<string, unknown>;
  return plain(rest) as JsonObject;
}

const LENGTHS: ReadonlySet<string> = new Set(["minLength", "maxLength", "maxItems"]);
const SAFE: ReadonlySet<unknown> = new Set([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]);

function plain(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value as JsonValue;
  const kept = Object.entries(value).filter(([key, one]) => !isNoise(key, one, value));
  return Object.fromEntries(kept.map(([key, one]) => [key, plain(one)]));
}

/** An argument may be named like a keyword; its value is a schema, never a number or a text. */
function isNoise(key: string, value: unknown, around: object): boolean {
  if (typeof value === "number") return LENGTHS.has(key) || SAFE.has(value);
  if (typeof value === "string") return key === "pattern" && "format" in around;
  const isKeyword = "type" in around && typeof around.type === "string";
  return isKeyword && (key === "propertyNames" || (key === "additionalProperties" && isEmpty(value)));
}

const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;
