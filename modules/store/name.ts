import { FieldworkError } from "#contract";

/** A key, id or collection that SQLite gives back as it was: a lone surrogate has no UTF-8, and NUL ends a C string. */
export function checkName(name: string): string {
  if (!name.isWellFormed() || name.includes("\0"))
    throw new FieldworkError(
      "invalid_input",
      "A key, id or collection holds a NUL or half of a surrogate pair.",
      {
        remedy: "Use whole Unicode characters other than NUL.",
      },
    );
  return name;
}
