import type { z } from "zod";
import { describeIssue, FieldworkError } from "#contract";

/** A body by the route's own schema. @throws FieldworkError `invalid_input` that names every field that does not fit. */
export function parseInput<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 20).map(describeIssue);
  throw new FieldworkError("invalid_input", problems[0] ?? "the body does not fit this route", {
    remedy: "See /api/openapi.json for what this route takes.",
    details: { problems },
  });
}
