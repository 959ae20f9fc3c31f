import { z } from "zod";
import { describeIssue, FieldworkError, type JsonObject, type JsonValue } from "#contract";

const compiled = new WeakMap<JsonObject, z.ZodType | Error>();

/**
 * Checks the arguments of an exposed function against its JSON Schema.
 * @throws FieldworkError `invalid_input`
 */
export function checkInput(name: string, schema: JsonObject, args: JsonValue): void {
  if (Object.keys(schema).length === 0) return;
  const check = validator(schema);
  if (check instanceof Error) {
    throw new FieldworkError(
      "module_invalid",
      `The input schema of ${name} cannot be used: ${check.message}`,
    );
  }
  const parsed = check.safeParse(args);
  if (parsed.success) return;
  const problems = parsed.error.issues.slice(0, 20).map(describeIssue);
  throw new FieldworkError("invalid_input", `${name}: ${problems.join("; ")}`.slice(0, 2000), {
    details: { problems },
  });
}

export function schemaProblem(schema: JsonObject): string | undefined {
  if (Object.keys(schema).length === 0) return undefined;
  const check = validator(schema);
  return check instanceof Error ? check.message : undefined;
}

function validator(schema: JsonObject): z.ZodType | Error {
  const known = compiled.get(schema);
  if (known) return known;
  let made: z.ZodType | Error;
  try {
    made = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  } catch (error) {
    made = error instanceof Error ? error : new Error(String(error));
  }
  compiled.set(schema, made);
  return made;
}
