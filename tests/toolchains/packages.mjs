import { rmSync } from "node:fs";
import { cacheFolder } from "./cache.mjs";
import { run } from "./process.mjs";
import { findPrograms } from "./search-path.mjs";

let updated = false;

/**
 * Installs packages of the distribution, without what they only recommend.
 * @param {...string} names
 */
export async function installFromApt(...names) {
  const [apt] = findPrograms("apt-get");
  if (apt === undefined) throw new Error(`there is no apt-get here; install ${names.join(", ")} by hand`);
  if (process.getuid?.() !== 0) throw new Error(`only root can run: apt-get install ${names.join(" ")}`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  if (!updated) await run([apt, "update"], { env });
  updated = true;
  await run([apt, "install", "-y", "--no-install-recommends", ...names], { env });
}

/**
 * Installs one exact wheel into a folder of the cache, without the packages it depends on.
 * @param {string} requirement such as `ziglang==0.17.0`
 * @param {string} folder
 */
export async function installFromPyPI(requirement, folder) {
  const python = (await findPythonWithPip()) ?? (await installPip());
  const target = cacheFolder(folder);
  rmSync(target, { recursive: true, force: true });
  await run([
    python,
    "-m",
    "pip",
    "install",
    "--no-deps",
    "--only-binary",
    ":all:",
    "--target",
    target,
    requirement,
  ]);
}

async function findPythonWithPip() {
  for (const python of findPrograms("python3", "/usr/bin")) {
    const works = await run([python, "-m", "pip", "--version"]).then(
      () => true,
      () => false,
    );
    if (works) return python;
  }
  return undefined;
}

async function installPip() {
  await installFromApt("python3-pip");
  const python = await findPythonWithPip();
  if (python === undefined) throw new Error("python3-pip is installed, but no python3 has pip");
  return python;
}
