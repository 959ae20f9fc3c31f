import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Writes some keys of the `manifest.json` in a folder anew. */
export async function changeManifest(
  folder: string,
  change: Readonly<Record<string, string>>,
): Promise<void> {
  const path = join(folder, "manifest.json");
  const manifest = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
  await writeFile(path, `${JSON.stringify({ ...manifest, ...change }, null, 2)}\n`);
}
