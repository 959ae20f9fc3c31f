import { FieldworkError } from "#contract";

/** A regular expression from outside. @throws FieldworkError `invalid_input` */
export function expression(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    // Without `u` an expression may escape what needs no escaping, as most dialects allow.
    try {
      return new RegExp(pattern, flags.replace("u", ""));
    } catch {
      throw new FieldworkError("invalid_input", (error as Error).message, {
        remedy: "Write a regular expression as JavaScript has it, or escape what is meant literally with \\.",
      });
    }
  }
}
