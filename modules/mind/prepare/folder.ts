import { open } from "node:fs/promises";
import { join } from "node:path";

const FILE_MAX_BYTES = 262_144;

/** The first of some files of an agent's folder that is there, its first 256 KiB; empty where none is. */
export async function readText(folder: string, ...names: readonly string[]): Promise<string> {
  for (const name of names) {
    const file = await open(join(folder, name)).catch(() => undefined);
    if (!file) continue;
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(FILE_MAX_BYTES), 0, FILE_MAX_BYTES, 0);
      return buffer.toString("utf8", 0, bytesRead);
    } finally {
      await file.close();
    }
  }
  return "";
}
