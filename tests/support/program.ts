import { cpSync, existsSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { ROOT } from "./system.ts";

const PARTS = [
  "contract",
  "kernel",
  "modules",
  "server",
  "cli",
  "sdk",
  "templates",
  "packs",
  "setup",
  "main.ts",
  "start.sh",
  "stop.sh",
  "package.json",
  "package-lock.json",
  "panel/dist",
] as const;

/** A copy of the program in a folder of its own, so that its core can be changed. Whoever makes it removes it. */
export function copyProgram(): string {
  const root = mkdtempSync(join(tmpdir(), "fw-copy-"));
  for (const name of PARTS.filter((one) => existsSync(join(ROOT, one))))
    cpSync(join(ROOT, name), join(root, name), {
      recursive: true,
      filter: (path) => !/(^|[\\/])(target|node_modules)([\\/]|$)/.test(relative(ROOT, path)),
    });
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  return root;
}
