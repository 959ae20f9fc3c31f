import { writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { cacheFolder } from "./cache.mjs";
import { installFromApt } from "./packages.mjs";
import { run } from "./process.mjs";
import { findPrograms } from "./search-path.mjs";

/** The target's name since Rust 1.78, and before. */
const TARGETS = ["wasm32-wasip1", "wasm32-wasi"];

/** A rustc with the standard library for WASI and with a linker for the host, and the cargo beside it. */
export const rust = {
  language: "rust",

  candidates() {
    const compilers = findPrograms("rustc", join(homedir(), ".cargo", "bin"), "/usr/bin");
    return compilers.flatMap((rustc) =>
      findPrograms("cargo", dirname(rustc))
        .slice(0, 1)
        .flatMap((cargo) => TARGETS.map((target) => ({ command: [cargo], env: environment(rustc), target }))),
    );
  },

  async probe({ command, env, target }, folder) {
    writeFileSync(join(folder, "main.rs"), 'fn main() { println!("hello"); }\n');
    const compile = (...args) => run([env.RUSTC, "main.rs", "-o", ...args], { cwd: folder, env });
    await compile("probe.wasm", "--target", target);
    await compile("probe.host");
    const cargo = (await run([...command, "--version"], { env })).trim();
    return `${(await run([env.RUSTC, "--version"], { env })).trim()}, ${cargo}`;
  },

  install: () => installFromApt("rustc", "cargo", "libstd-rust-dev-wasm32", "lld-14", "ca-certificates"),
};

function environment(rustc) {
  return { RUSTC: rustc, CARGO_HOME: cacheFolder("cargo"), RUSTFLAGS: "", CARGO_TERM_COLOR: "never" };
}
