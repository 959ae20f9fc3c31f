import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache.mjs";
import { run } from "./process.mjs";

/**
 * Fetches what a package's Cargo.lock names, once for each lock file, and gives cargo's arguments to build from there.
 * @param {import("./find.d.mts").Found} rust
 * @param {string} folder with Cargo.toml and Cargo.lock
 * @returns {Promise<readonly string[]>}
 */
export async function fetchCrates(rust, folder) {
  const lock = readFileSync(join(folder, "Cargo.lock"), "utf8");
  // Packages without a source are folders, whose names say nothing about what is to be fetched.
  const fetched = lock.split("[[package]]").filter((entry) => entry.includes("checksum = "));
  const key = createHash("sha256").update(fetched.join("")).digest("hex").slice(0, 16);
  const crates = join(cacheFolder("crates"), key);
  if (!existsSync(crates)) await vendor(rust, folder, crates);
  return [
    "--config",
    'source.crates-io.replace-with="fetched"',
    "--config",
    `source.fetched.directory=${JSON.stringify(crates)}`,
  ];
}

async function vendor({ command, env }, folder, crates) {
  const unfinished = `${crates}.${process.pid}`;
  // Before 1.68 cargo knows the index of crates.io only as a git repository of hundreds of megabytes, unless it is told.
  const sparse = { ...env, RUSTC_BOOTSTRAP: "1", CARGO_UNSTABLE_SPARSE_REGISTRY: "true" };
  const older = /cargo 1\.([0-9]|[1-5][0-9]|6[0-7])\./.test(await run([...command, "--version"], { env }));
  const args = ["vendor", "--locked", "--versioned-dirs", unfinished];
  await run([...command, ...args], { cwd: folder, env: older ? sparse : env });
  try {
    renameSync(unfinished, crates);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(crates)) throw error;
  }
}
