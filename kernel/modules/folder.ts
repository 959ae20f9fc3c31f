import { hash } from "node:crypto";
import { lstat, readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  type Diagnostic,
  FieldworkError,
  MANIFEST_MAX_BYTES,
  type Manifest,
  parseManifest,
  toErrorData,
  VERSION,
} from "#contract";
import { existsHere, readGrant } from "../grants/index.ts";
import { manifestDiagnostics } from "./diagnostics.ts";
import { compareVersions } from "./versions.ts";

const ENTRY_MAX_BYTES = 64 * 1024 * 1024;
const SOURCE_MAX_BYTES = 2 * 1024 * 1024;
const SOURCE_MAX_FILES = 200;
const SOURCE_ENDING = /\.(ts|js|json)$/;
const SOURCE_MAX_DEPTH = 8;
const NOT_SOURCE = new Set(["workspace", "node_modules", "skills", "commands", "target", "dist"]);
/** What a module changes itself while it runs. */
const OWN = /^(state\.db|workspace$|\.)/;
const FINGERPRINT_MAX_FILES = 2000;

export const FOLDER_ENDING = ".fwagent";

/** What a module's folder says, or all that is wrong with it. */
export interface FolderReading {
  readonly manifest: Manifest | undefined;
  readonly problems: readonly string[];
  /** The same problems with their places. */
  readonly diagnostics: readonly Diagnostic[];
}

export async function readFolder(folder: string): Promise<FolderReading> {
  let text: string | undefined;
  let manifest: Manifest | undefined;
  let problems: readonly string[];
  try {
    text = await readText(join(folder, "manifest.json"), MANIFEST_MAX_BYTES);
    manifest = parseManifest(text);
    problems = await problemsWith(manifest, folder);
  } catch (thrown) {
    problems = problemsOf(thrown);
  }
  return { manifest, problems, diagnostics: manifestDiagnostics(problems, text) };
}

export function problemsOf(thrown: unknown): string[] {
  const { message, details } = toErrorData(thrown);
  const listed =
    details && typeof details === "object" && "problems" in details ? details.problems : undefined;
  return Array.isArray(listed) && listed.length > 0 ? listed.map(String) : [message];
}

async function problemsWith(manifest: Manifest, folder: string): Promise<string[]> {
  const problems: string[] = [];
  const named = basename(folder);
  if (named !== `${manifest.id}${FOLDER_ENDING}`) {
    problems.push(`id: the folder is called ${named}; it must be ${manifest.id}${FOLDER_ENDING}`);
  }
  const { min_kernel_version: min, max_kernel_version: max } = manifest;
  if (min && compareVersions(VERSION, min) < 0)
    problems.push(`min_kernel_version: it needs Fieldwork ${min}, this is ${VERSION}`);
  if (max && compareVersions(VERSION, max) > 0)
    problems.push(`max_kernel_version: it works up to Fieldwork ${max}, this is ${VERSION}`);
  for (const [field, list] of [
    ["capabilities_required", manifest.capabilities_required],
    ["capabilities_optional", manifest.capabilities_optional],
  ] as const) {
    list.forEach((text, at) => {
      try {
        if (field === "capabilities_required" || existsHere(text)) readGrant(text);
      } catch (error) {
        problems.push(`${field}.${at}: ${(error as Error).message}`);
      }
    });
  }
  problems.push(...(await placeProblems(folder)));
  const entry = await lstat(join(folder, manifest.entry)).catch(() => undefined);
  if (!entry) problems.push(`entry: there is no file ${manifest.entry}`);
  else if (!entry.isFile()) problems.push(`entry: ${manifest.entry} is not a plain file`);
  else if (entry.size > ENTRY_MAX_BYTES)
    problems.push(`entry: ${manifest.entry} is larger than ${ENTRY_MAX_BYTES >> 20} MiB`);
  return problems;
}

/** What a module keeps lies in its own folder: a link there would open somebody else's files to it without a grant. */
async function placeProblems(folder: string): Promise<string[]> {
  const problems: string[] = [];
  for (const name of ["workspace", "state.db", "state.db-wal", "state.db-shm"]) {
    const found = await lstat(join(folder, name)).catch(() => undefined);
    if (!found) continue;
    if (found.isSymbolicLink()) problems.push(`${name}: it is a link; it must lie in the module's folder`);
    else if (name === "workspace" ? !found.isDirectory() : !found.isFile())
      problems.push(`${name}: it is not a plain ${name === "workspace" ? "folder" : "file"}`);
  }
  return problems;
}

/** A text file of a module, never through a link. */
async function readText(path: string, maxBytes: number): Promise<string> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) throw new FieldworkError("module_invalid", `there is no ${basename(path)}`);
  if (!found.isFile()) throw new FieldworkError("module_invalid", `${basename(path)} is not a plain file`);
  if (found.size > maxBytes)
    throw new FieldworkError("module_invalid", `${basename(path)} is larger than ${maxBytes} bytes`);
  return readFile(path, "utf8");
}

export async function readEntry(folder: string, manifest: Manifest): Promise<Buffer> {
  const path = join(folder, manifest.entry);
  const found = await lstat(path);
  if (!found.isFile() || found.size > ENTRY_MAX_BYTES)
    throw new FieldworkError("module_invalid", `${manifest.entry} cannot be used`);
  return readFile(path);
}

/** The sources a TypeScript or JavaScript module may import: path in the folder → text. */
export async function readSources(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  let count = 0;
  const walk = async (at: string, prefix: string, depth: number): Promise<void> => {
    if (depth > SOURCE_MAX_DEPTH) return;
    const entries = await readdir(at, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith(".") || (depth === 0 && NOT_SOURCE.has(entry.name))) continue;
      const path = join(at, entry.name);
      if (entry.isDirectory()) await walk(path, `${prefix}${entry.name}/`, depth + 1);
      else if (entry.isFile() && SOURCE_ENDING.test(entry.name) && !/\.(test|d)\.ts$/.test(entry.name)) {
        if (depth === 0 && /^(manifest|template|package|tsconfig)\.json$/.test(entry.name)) continue;
        if (++count > SOURCE_MAX_FILES)
          throw new FieldworkError("module_invalid", `there are more than ${SOURCE_MAX_FILES} source files`);
        files[`${prefix}${entry.name}`] = await readText(path, SOURCE_MAX_BYTES);
      }
    }
  };
  await walk(folder, "", 0);
  return files;
}

/** May a folder inside a module's folder, named by its path with `/`, hold sources? */
export function maybeSources(path: string): boolean {
  const parts = path.split("/");
  return (
    parts.length <= SOURCE_MAX_DEPTH &&
    !NOT_SOURCE.has(parts[0] as string) &&
    !parts.some((part) => part.startsWith("."))
  );
}

/** Equal as long as nothing of a module changed but what it changes itself. */
export async function fingerprint(folder: string): Promise<string> {
  const found: string[] = [];
  const walk = async (prefix: string): Promise<void> => {
    for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
      const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
      if ((prefix === "" && OWN.test(entry.name)) || found.length > FINGERPRINT_MAX_FILES) continue;
      if (entry.isDirectory()) {
        if (maybeSources(path)) await walk(path);
        continue;
      }
      const { ino, size, mtimeMs, ctimeMs } = await lstat(join(folder, path));
      found.push(`${path}:${ino}:${size}:${mtimeMs}:${ctimeMs}`);
    }
  };
  await walk("").catch(() => found.push("gone"));
  return digestOf(found.sort().join("\n"));
}

const digestOf = (text: string): string => hash("sha256", text);
