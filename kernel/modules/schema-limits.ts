import type { JsonObject, JsonValue } from "#contract";

/** Limits of one JSON Schema that comes from a manifest; all schemas of a manifest together hold as many subschemas as one may. */
export const SCHEMA_LIMITS = { chars: 65_536, depth: 32, subschemas: 512 } as const;

/** What a walk through a schema found. */
export interface SchemaSize {
  readonly subschemas: number;
  /** How many alternatives one value may have to be compared with. */
  readonly alternatives: number;
}
export type SchemaReading =
  | { readonly ok: true; readonly size: SchemaSize }
  | { readonly ok: false; readonly problem: string };

/** Expressions of strangers may take exponential time, and so may references that multiply. */
const REFUSED: Readonly<Record<string, string>> = {
  pattern: "regular expressions of modules are not run",
  patternProperties: "regular expressions of modules are not run",
  $ref: "write out what it refers to",
  $dynamicRef: "write out what it refers to",
  $recursiveRef: "write out what it refers to",
  uniqueItems: "comparing each with each takes too long",
};
const OF_ONE = ["items", "additionalProperties", "additionalItems", "propertyNames", "contains", "not"];
const OF_LIST = ["allOf", "anyOf", "oneOf", "prefixItems", "items"];
const OF_NAMES = ["properties", "$defs", "definitions", "dependentSchemas"];
const ALTERNATIVES = new Set(["allOf", "anyOf", "oneOf"]);

/** Is a schema small and simple enough to be compiled and run where everybody waits? */
export function readSchema(schema: JsonObject): SchemaReading {
  const chars = JSON.stringify(schema).length;
  if (chars > SCHEMA_LIMITS.chars)
    return { ok: false, problem: `it is larger than ${SCHEMA_LIMITS.chars} characters` };
  let subschemas = 0;
  let alternatives = 1;
  const walk = (value: JsonValue | undefined, path: string, depth: number): string | undefined => {
    if (!isObject(value)) return undefined;
    if (depth > SCHEMA_LIMITS.depth) return `it is nested deeper than ${SCHEMA_LIMITS.depth} levels`;
    if (++subschemas > SCHEMA_LIMITS.subschemas)
      return `it holds more than ${SCHEMA_LIMITS.subschemas} schemas`;
    for (const [keyword, why] of Object.entries(REFUSED))
      if (Object.hasOwn(value, keyword) && value[keyword] !== false)
        return `${path}${keyword} cannot be used: ${why}`;
    for (const [at, child] of children(value)) {
      if (ALTERNATIVES.has(at.split(".")[0] as string)) alternatives++;
      const problem = walk(child, `${path}${at}.`, depth + 1);
      if (problem) return problem;
    }
    return undefined;
  };
  const problem = walk(schema, "", 0);
  return problem ? { ok: false, problem } : { ok: true, size: { subschemas, alternatives } };
}

function* children(schema: JsonObject): Generator<[path: string, child: JsonValue | undefined]> {
  for (const keyword of OF_ONE) yield [keyword, own(schema, keyword)];
  for (const keyword of OF_LIST) {
    const list = own(schema, keyword);
    if (Array.isArray(list)) for (const [at, child] of list.entries()) yield [`${keyword}.${at}`, child];
  }
  for (const keyword of OF_NAMES) {
    const named = own(schema, keyword);
    if (isObject(named))
      for (const [name, child] of Object.entries(named)) yield [`${keyword}.${name}`, child];
  }
}

const own = (schema: JsonObject, keyword: string): JsonValue | undefined =>
  Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
