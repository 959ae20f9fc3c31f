/**
 * Compilers for fixtures and templates. A test asks for one and skips, with the reason, where there is none:
 *
 * ```ts
 * const go = await toolchain("go");
 * describe.skipIf(go.missing)("a Go agent", () => {
 *   it("answers", async () => { const wasm = await go.build("templates/agent-go"); … });
 * });
 * ```
 *
 * In CI, where `tests/toolchains/install.mjs` runs before the tests, a missing compiler is an error.
 * @module
 */
import { existsSync, renameSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "./cache.mjs";
import { compile } from "./compile.ts";
import { findToolchain, type Language } from "./find.mjs";
import { hashSources } from "./sources.ts";

export type { Language } from "./find.mjs";

export interface Toolchain {
  readonly language: Language;
  /** False, or why there is no compiler. */
  readonly missing: false | string;
  /**
   * Compiles a source to a WASI command and gives the absolute path of the `.wasm`; the same content is compiled once.
   * @param source A folder (Go, Rust) or a file (C); relative to the repository.
   */
  build(source: string): Promise<string>;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const searches = new Map<Language, Promise<Toolchain>>();

/**
 * The compiler of a language, or why there is none.
 * @throws In CI, where there is none.
 */
export function toolchain(language: Language): Promise<Toolchain> {
  const known = searches.get(language) ?? search(language);
  searches.set(language, known);
  return known;
}

async function search(language: Language): Promise<Toolchain> {
  const { found, reason } = await findToolchain(language);
  if (found === undefined) {
    if (process.env.CI) throw new Error(`${reason}; run node tests/toolchains/install.mjs`);
    process.stderr.write(`skipped: ${reason}; node tests/toolchains/install.mjs installs it\n`);
    return { language, missing: reason, build: () => Promise.reject(new Error(reason)) };
  }
  const builds = new Map<string, Promise<string>>();
  const build = async (source: string): Promise<string> => {
    const path = resolve(ROOT, source);
    const key = hashSources(path, JSON.stringify([found.version, found.command, found.target]));
    const wasm = resolve(cacheFolder("wasm"), `${key}.wasm`);
    const building = builds.get(wasm) ?? (existsSync(wasm) ? Promise.resolve(wasm) : make(path, wasm));
    builds.set(wasm, building);
    return building;
  };
  const make = async (path: string, wasm: string): Promise<string> => {
    const unfinished = `${wasm}.${process.pid}`;
    await compile(found, path, unfinished);
    renameSync(unfinished, wasm);
    return wasm;
  };
  return { language, missing: false, build };
}
