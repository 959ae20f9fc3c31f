import { type ErrorCode, FieldworkError } from "#contract";

const TABLE: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOENT: ["not_found", "does not exist"],
  ENOTDIR: ["not_found", "goes through something that is not a folder"],
  EISDIR: ["invalid_input", "is a folder"],
  EEXIST: ["conflict", "exists already"],
  ENOTEMPTY: ["conflict", "is a folder that is not empty"],
  EXDEV: ["conflict", "lies on another disk than the other path; write a copy instead"],
  EBUSY: ["conflict", "is in use"],
  EINVAL: ["invalid_input", "does not allow this"],
  ENAMETOOLONG: ["invalid_input", "is longer than the file system allows"],
  ELOOP: ["denied", "goes round in links"],
  ENXIO: ["denied", "is neither a file nor a folder"],
  EACCES: ["denied", "is closed to Fieldwork by the operating system"],
  EPERM: ["denied", "is closed to Fieldwork by the operating system"],
  EROFS: ["denied", "lies on a disk that can only be read"],
  ETXTBSY: ["conflict", "is a program that is running"],
  EFBIG: ["too_large", "would become larger than the file system allows"],
  EMFILE: ["unavailable", "cannot be opened: too many files are open"],
  ENFILE: ["unavailable", "cannot be opened: too many files are open"],
  ENOSPC: ["storage_failed", "cannot be written: the disk is full"],
  EDQUOT: ["storage_failed", "cannot be written: the disk quota is used up"],
  EIO: ["storage_failed", "cannot be read or written: the disk reports an error"],
};

export function errnoOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string"
    ? thrown.code
    : undefined;
}

/** Runs `body`; what the operating system refuses is told in words of the path the caller gave. */
export async function translated<T>(shown: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof FieldworkError) throw error;
    const known = TABLE[errnoOf(error) ?? ""];
    if (!known) throw error;
    throw new FieldworkError(known[0], `${shown === "" ? "/workspace" : shown} ${known[1]}.`, {
      cause: error,
    });
  }
}
