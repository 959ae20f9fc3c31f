import { z } from "zod";
import { describeIssue, FieldworkError, type JsonObject, type JsonValue } from "#contract";

export interface ValidateJob {
  readonly value: JsonValue;
  readonly schema: JsonObject;
}

const PROBLEMS_MAX = 50;

/** What is wrong with a value by a JSON Schema. @throws FieldworkError `invalid_input` where the schema is none */
export function validate({ value, schema }: ValidateJob): string[] {
  let parser: z.ZodType;
  try {
    parser = z.fromJSONSchema(withRequired(schema, 0) as Parameters<typeof z.fromJSONSchema>[0]);
  } catch (error) {
    throw new FieldworkError("invalid_input", `The schema cannot be used: ${(error as Error).message}`, {
      remedy: "Give a JSON Schema, draft 2020-12.",
    });
  }
  const parsed = parser.safeParse(value);
  return parsed.success ? [] : parsed.error.issues.slice(0, PROBLEMS_MAX).map(describeIssue);
}

const DEPTH_MAX = 64;
/** Members of a schema that hold values, not schemas. */
const VALUES: ReadonlySet<string> = new Set(["const", "default", "enum", "examples", "required"]);

/** A member that is required and not described may be anything, but it has to be there: the converter passes over such names. */
function withRequired(schema: JsonValue, depth: number): JsonValue {
  if (depth > DEPTH_MAX) throw new FieldworkError("too_large", "The schema is nested too deeply.");
  if (Array.isArray(schema)) return schema.map((one) => withRequired(one, depth + 1));
  if (typeof schema !== "object" || schema === null) return schema;
  const inner: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(schema as JsonObject))
    if (value !== undefined) inner[key] = VALUES.has(key) ? value : withRequired(value, depth + 1);
  const { required, properties } = inner;
  if (!Array.isArray(required) || inner.type !== "object") return inner;
  const named = required.filter((name) => typeof name === "string").map((name) => [name, {}]);
  return { ...inner, properties: { ...Object.fromEntries(named), ...(properties as JsonObject) } };
}
