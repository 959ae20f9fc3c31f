import { rm } from "node:fs/promises";
import { FieldworkError } from "#contract";

/** Runs `work`; when it fails, removes `path` with all below it before the failure goes on. */
export async function removing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    try {
      await rm(path, { recursive: true, force: true });
    } catch (left) {
      const reason = `${(error as Error).message}; and "${path}" could not be removed: ${(left as Error).message}`;
      throw new FieldworkError("storage_failed", reason, { cause: error });
    }
    throw error;
  }
}
