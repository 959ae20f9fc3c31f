import { type ErrorCode, FieldworkError } from "#contract";

const CODES: Readonly<Record<string, ErrorCode>> = {
  EEXIST: "conflict",
  EISDIR: "invalid_input",
  ELOOP: "conflict",
  ENOENT: "not_found",
  ENOTDIR: "invalid_input",
};

/** What the file system threw as a {@link FieldworkError}; anything else is returned as it is. */
export function asDiskError(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || thrown instanceof FieldworkError) return thrown;
  const { code, syscall } = thrown as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return thrown;
  return new FieldworkError(CODES[code] ?? "storage_failed", thrown.message, { cause: thrown });
}
