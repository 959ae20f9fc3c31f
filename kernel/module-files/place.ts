import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { type AgentFile, FieldworkError } from "#contract";

const DEPTH_MAX = 8;
/** Beside the module's texts in its folder: what it keeps itself, and what tools make. */
const CLOSED: ReadonlySet<string> = new Set(["workspace", "node_modules", "target", "dist"]);
const TEXT = /\.(ts|js|mjs|json|md|txt|toml|yaml|yml|go|mod|sum|rs|lock|css|html|csv|wat|as)$/i;
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_. +@-]{0,127}$/;

const refuse = (path: string, why: string) =>
  new FieldworkError("invalid_input", `${path.slice(0, 200)}: ${why}`, {
    remedy: "Name one of the texts of the module's folder.",
  });

/** Is a name at this depth of a module's folder one of its texts, or a folder of them? */
export const isTextName = (name: string): boolean => NAME.test(name) && TEXT.test(name);
export const isOpenFolder = (name: string, depth: number): boolean =>
  NAME.test(name) && depth < DEPTH_MAX && !(depth === 0 && CLOSED.has(name));

/**
 * The parts of a path that names a text in a module's folder.
 * @throws FieldworkError `invalid_input` for what leads elsewhere or is no text
 */
export function partsOf(path: string): readonly string[] {
  const parts = path.split("/");
  const name = parts.at(-1) ?? "";
  const bad = parts.find((part) => !NAME.test(part) || part.endsWith(".") || part.endsWith(" "));
  if (bad !== undefined) throw refuse(path, `"${bad.slice(0, 64)}" is not a plain file name`);
  if (parts.slice(0, -1).some((part, depth) => !isOpenFolder(part, depth)))
    throw refuse(path, "it is not among the texts of the module");
  if (!isTextName(name)) throw refuse(path, "only text files can be edited here");
  return parts;
}

/**
 * The absolute path of a text, after every folder on the way was seen to be a real one.
 * @throws FieldworkError `invalid_input` where a link or something else stands in the way
 */
export async function placeOf(folder: string, path: string): Promise<string> {
  const parts = partsOf(path);
  let at = folder;
  for (const [depth, part] of parts.entries()) {
    at = join(at, part);
    const found = await lstat(at).catch(() => undefined);
    if (!found) continue;
    if (found.isSymbolicLink()) throw refuse(path, `${part} is a link`);
    const last = depth === parts.length - 1;
    if (last ? !found.isFile() : !found.isDirectory())
      throw refuse(path, `${part} is not a ${last ? "file" : "folder"}`);
  }
  return at;
}

/** What a file is to a module whose manifest names this entry. */
export function roleOf(path: string, entry: string | undefined): AgentFile["role"] {
  if (path === entry) return "entry";
  if (path === "manifest.json") return "manifest";
  if (path === "prompt.md") return "prompt";
  if (path === "doktrin.md" || path === "doctrine.md") return "doctrine";
  if (path.startsWith("skills/")) return "skill";
  if (path.startsWith("commands/")) return "command";
  return /\.(ts|js|mjs|go|rs|json)$/.test(path) ? "source" : "other";
}
