import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type JsonValue, parseManifest } from "#contract";

/** What an agent has that declares nothing: enough for a conversation, little for the prompt. */
const DEFAULT: readonly string[] = [
  "fs.read",
  "fs.write",
  "fs.edit",
  "fs.list",
  "memory.remember",
  "memory.recall",
  "time.now",
  "calc.evaluate",
  "user.ask",
  "tool.search",
  "tool.use",
];

const NAMES_MAX = 512;
/** `tools` of a manifest: names and families. */
const names = z.array(z.string().min(1).max(128)).max(NAMES_MAX);
const cache = new Map<string, { readonly stamp: string; readonly names: readonly string[] }>();
const CACHE_MAX = 1000;

/** The tools that stand in the prompt of the module in a folder: those its manifest declares, or the default ones. */
export function declaredTools(folder: string | undefined): readonly string[] {
  if (folder === undefined) return DEFAULT;
  const path = join(folder, "manifest.json");
  const file = statSync(path, { throwIfNoEntry: false });
  if (!file) return DEFAULT;
  const stamp = `${file.mtimeMs}:${file.size}`;
  const known = cache.get(path);
  if (known?.stamp === stamp) return known.names;
  const declared = namesOf(parseManifest(readFileSync(path, "utf8")).tools);
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(path, { stamp, names: declared });
  return declared;
}

function namesOf(tools: JsonValue | undefined): readonly string[] {
  const parsed = names.safeParse(tools);
  return parsed.success ? parsed.data : DEFAULT;
}
