import { createHash, type Hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Folders that builds and instances leave behind. */
const LEFT_BEHIND = new Set(["target", "node_modules", "workspace"]);
const SOURCE_FILE = /\.(go|rs|c|h|json|md)$|^(go\.(mod|sum)|Cargo\.(toml|lock))$/;

/** SHA-256 over a source, the local folders it is built from, and what else its output depends on. */
export function hashSources(path: string, dependsOn: string): string {
  const hash = createHash("sha256").update(dependsOn);
  const seen = new Set<string>();
  const pending = [path];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    if (statSync(at).isFile()) {
      addFile(hash, at, at);
      continue;
    }
    addFolder(hash, at, "");
    pending.push(...localDependencies(at));
  }
  return hash.digest("hex");
}

function addFolder(hash: Hash, root: string, below: string): void {
  const entries = readdirSync(join(root, below), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(below, entry.name);
    if (entry.isDirectory() && !LEFT_BEHIND.has(entry.name)) addFolder(hash, root, path);
    if (entry.isFile() && SOURCE_FILE.test(entry.name)) addFile(hash, path, join(root, path));
  }
}

function addFile(hash: Hash, name: string, path: string): void {
  const content = readFileSync(path);
  hash.update(`\0${name}\0${content.length}\0`).update(content);
}

/** The folders that go.mod replaces modules with and that Cargo.toml names by path. */
function localDependencies(folder: string): readonly string[] {
  const mod = matches(join(folder, "go.mod"), /=>\s*(\.\.?\/\S+|\/\S+)/g);
  const cargo = matches(join(folder, "Cargo.toml"), /\bpath\s*=\s*"([^"]+)"/g);
  return [...mod, ...cargo]
    .map((path) => resolve(folder, path))
    .filter((path) => existsSync(path) && dirname(path) !== path);
}

function matches(file: string, pattern: RegExp): readonly string[] {
  if (!existsSync(file)) return [];
  return [...readFileSync(file, "utf8").matchAll(pattern)].map((match) => match[1] ?? "");
}
