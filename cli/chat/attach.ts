import { basename, extname, resolve } from "node:path";
import type { Attachment, BlobInfo } from "#contract";
import type { Place } from "../command/index.ts";

/** What files of these names mostly are; an image is known by its bytes. */
const TYPES: Readonly<Record<string, string>> = {
  ".txt": "text/plain",
  ".log": "text/plain",
  ".md": "text/markdown",
  ".csv": "text/csv",
  ".html": "text/html",
  ".xml": "application/xml",
  ".json": "application/json",
  ".yaml": "application/yaml",
  ".yml": "application/yaml",
  ".pdf": "application/pdf",
  ".zip": "application/zip",
};

/** Lets the server keep a file of this machine, to go along with a message. @throws FieldworkError `not_found`, `too_large` */
export async function attach(place: Place, file: string): Promise<Attachment> {
  const path = resolve(file);
  const type = TYPES[extname(path).toLowerCase()] ?? "";
  const kept = await place.call<BlobInfo>("blob.add", { path, type });
  return { name: basename(path), ...kept };
}

/** Several, in their order. */
export async function attachAll(place: Place, files: readonly string[]): Promise<readonly Attachment[]> {
  const attached: Attachment[] = [];
  for (const file of files) attached.push(await attach(place, file));
  return attached;
}
