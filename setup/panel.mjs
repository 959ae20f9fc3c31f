import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { locked } from "./lock.mjs";
import { Problem, say } from "./problem.mjs";
import { capture, withNode } from "./program.mjs";

/** Sees to it that `panel/dist` is built from what stands in `panel/`; touches nothing when it is. */
export async function ensurePanel(root, node) {
  if (!existsSync(join(root, "panel", "index.html")) || isBuilt(root)) return;
  await locked(join(root, ".node", "lock"), async () => {
    if (isBuilt(root)) return;
    say("Building the control panel (once, and after an upgrade) …");
    const begun = Date.now();
    const hash = sourceHash(root);
    const vite = join(root, "node_modules", "vite", "bin", "vite.js");
    const { code, output } = await capture(node, [vite, "build", "panel", "--logLevel", "warn"], {
      cwd: root,
      env: withNode(node),
    });
    if (code !== 0)
      throw new Problem(
        `the control panel could not be built:\n${output}`,
        "Undo what was changed in panel/, then start again.",
      );
    writeFileSync(stampPath(root), hash);
    say(`The control panel is ready (${((Date.now() - begun) / 1000).toFixed(1)} s).`);
  });
}

const stampPath = (root) => join(root, "panel", "dist", ".source");

function isBuilt(root) {
  try {
    return readFileSync(stampPath(root), "utf8") === sourceHash(root);
  } catch {
    return false;
  }
}

function sourceHash(root) {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  const panel = join(root, "panel");
  const paths = readdirSync(panel, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(panel, "dist")))
    .sort();
  for (const path of paths) hash.update(path.slice(panel.length)).update("\0").update(readFileSync(path));
  return hash.digest("hex");
}
