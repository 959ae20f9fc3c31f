import { z } from "zod";

/** A zod schema as JSON Schema 2020-12, the dialect of OpenAPI 3.1. What JSON Schema cannot say is left open. */
export function jsonSchema(schema: z.ZodType, side: "input" | "output"): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io: side,
    unrepresentable: "any",
  }) as Record<string, unknown>;
  return rest;
}
