import { z } from "zod";
import { describeIssue, FieldworkError, type JsonObject, type JsonValue, type Manifest } from "#contract";
import { readSchema, SCHEMA_LIMITS, type SchemaSize } from "./schema-limits.ts";

/** Values of an input times the alternatives each may have to be compared with: about 20 ms. */
const CHECKS_MAX = 100_000;

type Check =
  | { readonly ok: true; readonly schema: z.ZodType; readonly size: SchemaSize }
  | { readonly ok: false; readonly problem: string };

const compiled = new WeakMap<JsonObject, Check>();

/**
 * Checks the arguments of an exposed function against its JSON Schema, in bounded time whatever the schema and the arguments are.
 * @throws FieldworkError `invalid_input`, `too_large`
 */
export function checkInput(name: string, schema: JsonObject, args: JsonValue): void {
  if (Object.keys(schema).length === 0) return;
  const check = checkOf(schema);
  if (!check.ok)
    throw new FieldworkError(
      "module_invalid",
      `The input schema of ${name} cannot be used: ${check.problem}`,
    );
  const most = Math.floor(CHECKS_MAX / check.size.alternatives);
  if (holdsMoreThan(args, most))
    throw new FieldworkError("too_large", `${name}: the arguments hold more than ${most} values.`);
  const parsed = check.schema.safeParse(args);
  if (parsed.success) return;
  const problems = parsed.error.issues.slice(0, 20).map(describeIssue);
  throw new FieldworkError("invalid_input", `${name}: ${problems.join("; ")}`.slice(0, 2000), {
    details: { problems },
  });
}

/** What is wrong with the input schemas of a manifest's functions. */
export function schemaProblems({ exposes_rpc }: Manifest): string[] {
  const problems: string[] = [];
  let subschemas = 0;
  for (const [at, { name, input_schema }] of exposes_rpc.entries()) {
    const read = readSchema(input_schema);
    if (read.ok) subschemas += read.size.subschemas;
    const problem =
      subschemas > SCHEMA_LIMITS.subschemas ? "all together are too large" : problemOf(input_schema);
    if (problem) problems.push(`exposes_rpc.${at}: the input_schema of ${name} cannot be used: ${problem}`);
  }
  return problems;
}

function problemOf(schema: JsonObject): string | undefined {
  if (Object.keys(schema).length === 0) return undefined;
  const check = checkOf(schema);
  return check.ok ? undefined : check.problem;
}

function checkOf(schema: JsonObject): Check {
  const known = compiled.get(schema);
  if (known) return known;
  const made = compile(schema);
  compiled.set(schema, made);
  return made;
}

function compile(schema: JsonObject): Check {
  const read = readSchema(schema);
  if (!read.ok) return read;
  try {
    const made = z.fromJSONSchema(withRequired(schema) as Parameters<typeof z.fromJSONSchema>[0]);
    return { ok: true, schema: made, size: read.size };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The library asks for a required name only where it is among the properties, so each is named there. */
function withRequired(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map(withRequired);
  if (typeof schema !== "object" || schema === null) return schema;
  const inside = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      value === undefined ? undefined : withRequired(value),
    ]),
  ) as Record<string, JsonValue | undefined>;
  const { required, properties } = inside;
  if (!Array.isArray(required) || typeof properties === "boolean") return inside;
  const named = Object.fromEntries(required.map((name) => [String(name), {}]));
  return { ...inside, properties: { ...named, ...(properties as JsonObject | undefined) } };
}

/** Counts every value inside, and stops where it is clear. */
function holdsMoreThan(value: JsonValue, most: number): boolean {
  const left: JsonValue[] = [value];
  for (let count = 0; left.length > 0; count++) {
    if (count + left.length > most) return true;
    const next = left.pop();
    if (typeof next !== "object" || next === null) continue;
    const inside = Array.isArray(next) ? next : Object.values(next);
    if (count + left.length + inside.length > most) return true;
    for (const one of inside) if (one !== undefined) left.push(one);
  }
  return false;
}
