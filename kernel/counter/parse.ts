import { type Capability, canonicalJson, describeIssue, FieldworkError, type JsonValue } from "#contract";

/** @throws FieldworkError `invalid_input` */
export function parseInput({ name, input }: Capability, args: unknown): JsonValue {
  const parsed = input.safeParse(args ?? {});
  if (parsed.success) return parsed.data as JsonValue;
  const problems = parsed.error.issues.slice(0, 20).map(describeIssue);
  throw new FieldworkError("invalid_input", `${name}: ${problems.join("; ")}`.slice(0, 2000), {
    remedy: `Correct what is named; \`fw help call ${name}\` shows what it takes.`,
    details: { problems },
  });
}

/** @throws FieldworkError `internal`: the provider is wrong, not the caller */
export function parseOutput({ name, output }: Capability, module: string, result: unknown): JsonValue {
  const parsed = output.safeParse(result);
  if (parsed.success) return parsed.data as JsonValue;
  throw new FieldworkError(
    "internal",
    `${module} answered ${name} with something its schema does not allow: ${parsed.error.issues.map(describeIssue).join("; ")}`,
  );
}

/** As it is hashed. @throws FieldworkError `too_large` for what is nested too deeply to be written down */
export function canonicalText(value: JsonValue, what: string): string {
  try {
    return canonicalJson(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new FieldworkError("too_large", `${what}: nested too deeply, or too long.`);
  }
}
