import { realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Caller, FieldworkError, type Host } from "#contract";

/**
 * A file of the machine is named from the machine itself alone. Over a session or an API token it is what was just uploaded: what can be
 * named there could be read there, the local token too.
 * @throws FieldworkError `denied`
 */
export async function checkSource(
  path: string,
  { login }: Caller,
  { home }: Pick<Host, "home">,
): Promise<void> {
  if (login === undefined || login.via === "local") return;
  const [file, uploads] = await Promise.all(
    [path, join(home, "tmp")].map((one) => realpath(one).catch(() => "")),
  );
  if (file && uploads && dirname(file) === uploads) return;
  throw new FieldworkError("denied", "A file is named by its path on the machine itself alone.", {
    remedy: "Send the file's bytes: POST /api/blobs.",
  });
}
