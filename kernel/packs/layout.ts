import {
  deeperThan,
  describeIssue,
  FieldworkError,
  JSON_DEPTH_MAX,
  MANIFEST_MAX_BYTES,
  type Manifest,
  type ModuleKind,
  type PackPlugin,
  packPlugin,
  parseManifest,
} from "#contract";
import type { PackListing } from "./listing.ts";
import { collectProblems, quoted, refused } from "./problems.ts";
import { readContent, type ZipEntry } from "./zip/index.ts";

const INSTALLABLE: readonly ModuleKind[] = ["agent", "group", "channel", "tool", "slash", "service"];
/** Folders of a `.fwpack` that hold more than one module's own files. */
const OTHER_CONTENT = ["apps", "checks", "flows", "skills"];

export type Layout = Pick<PackListing, "kind" | "root" | "manifest">;

/**
 * Finds the one module in a pack and checks its folder.
 * @throws FieldworkError `module_invalid`; `too_large` for a manifest beyond its limit; `invalid_input` for content that
 * this version does not install.
 */
export async function readLayout(entries: readonly ZipEntry[]): Promise<Layout> {
  const files = new Map(entries.filter((entry) => entry.kind === "file").map((entry) => [entry.path, entry]));
  const pluginFile = files.get("plugin.json");
  const plugin = pluginFile && (await readPlugin(pluginFile));
  const root = plugin === undefined ? agentRoot(entries, files) : crewRoot(entries, files);

  const manifest = await readManifest(files.get(inside(root, "manifest.json"))!);
  if (!INSTALLABLE.includes(manifest.kind)) throw notYet(`modules of the kind "${manifest.kind}"`);

  const problems = collectProblems();
  if (plugin?.kind !== undefined && plugin.kind !== manifest.kind)
    problems.add(`plugin.json says kind "${plugin.kind}", manifest.json says "${manifest.kind}"`);
  const folder = root.slice(root.lastIndexOf("/") + 1);
  if (root !== "" && folder !== `${manifest.id}.fwagent`)
    problems.add(
      `the folder ${quoted(folder)} must be named "${manifest.id}.fwagent" after the manifest's id`,
    );
  if (!files.has(inside(root, manifest.entry)))
    problems.add(`the entry "${manifest.entry}" is not in the pack`);
  const state = inside(root, "state.db");
  for (const { path } of entries)
    if (path.toLowerCase().startsWith(state.toLowerCase()))
      problems.add(`${quoted(path)}: an agent's state does not travel in a pack`);
  problems.throwIfAny();
  return { kind: plugin === undefined ? "agent-zip" : "fwpack", root, manifest };
}

/** `path` below the folder `root`, which may be empty. */
export function inside(root: string, path: string): string {
  return root === "" ? path : `${root}/${path}`;
}

function agentRoot(entries: readonly ZipEntry[], files: ReadonlyMap<string, ZipEntry>): string {
  if (files.has("manifest.json")) return "";
  const tops = new Set(entries.map((entry) => topOf(entry.path)));
  const [top = ""] = tops;
  if (tops.size === 1 && top.endsWith(".fwagent") && files.has(`${top}/manifest.json`)) return top;
  throw refused(
    "module_invalid",
    "it has no manifest.json at its root and is not one folder <id>.fwagent with a manifest.json",
  );
}

function crewRoot(entries: readonly ZipEntry[], files: ReadonlyMap<string, ZipEntry>): string {
  const roots = files.has("manifest.json") ? [""] : [...files.keys()].flatMap(moduleRoot);
  if (roots.length > 1) throw notYet(`packs with several modules (here ${roots.length})`);
  const [root] = roots;
  if (root !== "") {
    const other = OTHER_CONTENT.find((name) => entries.some((entry) => topOf(entry.path) === name));
    if (other !== undefined) throw notYet(`the folder "${other}" of a .fwpack`);
  }
  if (root === undefined)
    throw refused("module_invalid", "it has no manifest.json at its root or in agents/<id>.fwagent");
  return root;
}

function moduleRoot(path: string): readonly string[] {
  return /^(agents\/)?[^/]+\.fwagent\/manifest\.json$/.test(path)
    ? [path.slice(0, path.lastIndexOf("/"))]
    : [];
}

function topOf(path: string): string {
  return path.split("/", 1)[0]!;
}

async function readPlugin(entry: ZipEntry): Promise<PackPlugin> {
  const parsed = packPlugin.safeParse(parseJson(entry.path, await readText(entry)));
  const problems = collectProblems();
  for (const issue of parsed.error?.issues ?? []) problems.add(`plugin.json: ${describeIssue(issue)}`);
  problems.throwIfAny();
  const plugin = parsed.data!;
  const { kind = "agent" } = plugin;
  if (!INSTALLABLE.some((known) => known === kind)) throw notYet(`packs of the kind "${kind}"`);
  return plugin;
}

async function readManifest(entry: ZipEntry): Promise<Manifest> {
  const text = await readText(entry);
  parseJson(entry.path, text);
  return parseManifest(text);
}

async function readText(entry: ZipEntry): Promise<string> {
  if (entry.size > MANIFEST_MAX_BYTES)
    throw refused("too_large", `${quoted(entry.path)} is larger than ${MANIFEST_MAX_BYTES} bytes`);
  const content = await readContent(entry);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    throw refused("module_invalid", `${quoted(entry.path)} is not UTF-8`);
  }
}

function parseJson(path: string, text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refused("module_invalid", `${quoted(path)} is not JSON: ${(error as Error).message}`);
  }
  if (deeperThan(value, JSON_DEPTH_MAX))
    throw refused("module_invalid", `${quoted(path)} is nested deeper than ${JSON_DEPTH_MAX} levels`);
  return value;
}

function notYet(what: string): FieldworkError {
  return new FieldworkError("invalid_input", `This version does not install ${what} yet.`, {
    remedy: "Install a pack that carries one agent, group, channel, tool, slash command or service.",
    details: { unsupported: what },
  });
}
