import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * A folder of the cache, made where it is missing. The cache is `$FIELDWORK_TOOLCHAINS`, else
 * `$XDG_CACHE_HOME/fieldwork-toolchains`, else `~/.cache/fieldwork-toolchains`.
 * @param {...string} parts
 * @returns {string}
 */
export function cacheFolder(...parts) {
  const home = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const folder = join(process.env.FIELDWORK_TOOLCHAINS || join(home, "fieldwork-toolchains"), ...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}
