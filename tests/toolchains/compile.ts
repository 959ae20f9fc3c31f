import { createHash } from "node:crypto";
import { copyFileSync } from "node:fs";
import { cacheFolder } from "./cache.mjs";
import { fetchCrates } from "./crates.mjs";
import type { Found } from "./find.mjs";
import { run } from "./process.mjs";

/** Compiles a folder (Go, Rust) or a file (C) to a WASI command, small rather than debuggable. */
export async function compile(found: Found, source: string, wasm: string): Promise<void> {
  switch (found.language) {
    case "go":
      return compileGo(found, source, wasm);
    case "rust":
      return compileRust(found, source, wasm);
    case "c":
      return compileC(found, source, wasm);
  }
}

async function compileGo({ command, env }: Found, folder: string, wasm: string): Promise<void> {
  await run([...command, "build", "-trimpath", "-ldflags=-s -w", "-o", wasm, "."], { cwd: folder, env });
}

async function compileRust(found: Found, folder: string, wasm: string): Promise<void> {
  const { command, env, target } = found;
  const crates = await fetchCrates(found, folder);
  const args = ["--release", "--locked", "--offline", "--target", target, "--message-format", "json"];
  // A folder of its own, so that two packages of one name do not take each other's place.
  const place = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  const output = await run([...command, "build", ...args, ...crates], {
    cwd: folder,
    env: { ...env, CARGO_TARGET_DIR: cacheFolder("cargo-target", place) },
  });
  const artifacts = output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { readonly executable?: string | null });
  const executable = artifacts.findLast((artifact) => artifact.executable)?.executable;
  if (!executable) throw new Error(`${folder} has no program to build`);
  copyFileSync(executable, wasm);
}

async function compileC({ command, env, target }: Found, file: string, wasm: string): Promise<void> {
  await run([...command, "cc", `--target=${target}`, "-Os", "-s", "-o", wasm, file], { env });
}
