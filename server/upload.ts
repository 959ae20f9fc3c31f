import { randomUUID } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { FieldworkError } from "#contract";
import { limitedBody } from "./json_body.ts";
import type { Exchange } from "./route.ts";

let uploads = 0;

/**
 * Streams a raw body into the home's `tmp/` and gives the file's path to `use`; afterwards the file is gone.
 * @param extension  of the file's name, such as `zip`
 * @throws FieldworkError `rate_limited` where too many are under way, `too_large`, `invalid_input` for an empty body
 */
export async function withUpload<T>(
  { service, incoming }: Exchange,
  extension: string,
  max_bytes: number,
  use: (path: string) => Promise<T>,
): Promise<T> {
  if (uploads >= service.limits.uploads)
    throw new FieldworkError("rate_limited", `${uploads} uploads are under way`, {
      details: { retry_after_ms: 2000 },
    });
  uploads++;
  const path = join(service.home, "tmp", `upload-${randomUUID()}.${extension}`);
  try {
    await mkdir(join(service.home, "tmp"), { recursive: true, mode: 0o700 });
    await using file = await open(path, "wx", 0o600);
    let size_bytes = 0;
    for await (const chunk of limitedBody(incoming, max_bytes)) {
      await file.writeFile(chunk);
      size_bytes += chunk.length;
    }
    if (size_bytes === 0)
      throw new FieldworkError("invalid_input", "the body is empty; send the file's bytes");
    return await use(path);
  } finally {
    uploads--;
    await rm(path, { force: true });
  }
}
