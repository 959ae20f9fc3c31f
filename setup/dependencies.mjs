import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { locked } from "./lock.mjs";
import { Problem, say } from "./problem.mjs";
import { npm, withNode } from "./program.mjs";

/**
 * Sees to it that `node_modules` is what `package-lock.json` says; touches nothing when it is. Not by `npm ci`: it refuses a
 * lock file in which optional packages of other platforms are missing, while `npm install --no-save` takes what is locked as
 * it is locked, adds this platform's, and leaves the lock file alone.
 */
export async function ensureDependencies(root, node) {
  if (matches(root)) return;
  await locked(join(root, ".node", "lock"), async () => {
    if (matches(root)) return;
    say("Installing dependencies (once, and after an upgrade) …");
    const begun = Date.now();
    const { code, output } = await npm(["install", "--no-save"], { cwd: root, env: withNode(node) });
    if (code === null) throw new Problem("npm is not there", "Install Node with npm, then start again.");
    if (code !== 0)
      throw new Problem(
        `npm could not install the dependencies:\n${output}`,
        "Check the network and npm's registry, then start again.",
      );
    writeFileSync(stampPath(root), lockHash(root));
    say(`Dependencies are ready (${((Date.now() - begun) / 1000).toFixed(1)} s).`);
  });
}

const stampPath = (root) => join(root, "node_modules", ".fieldwork-lock");
const lockHash = (root) =>
  createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");

function matches(root) {
  const stamp = read(stampPath(root));
  if (stamp !== undefined && stamp === lockHash(root)) return true;
  if (!installedAsLocked(root)) return false;
  try {
    writeFileSync(stampPath(root), lockHash(root));
  } catch {
    // An installation that this user may only read is compared anew each time.
  }
  return true;
}

/** npm writes what it installed into a lock file of its own; so an installation made by hand is known for what it is. */
function installedAsLocked(root) {
  const installed = read(join(root, "node_modules", ".package-lock.json"));
  if (installed === undefined) return false;
  const has = JSON.parse(installed).packages ?? {};
  const wants = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages ?? {};
  return Object.entries(wants).every(
    ([path, one]) => path === "" || (has[path] ? has[path].version === one.version : one.optional === true),
  );
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
