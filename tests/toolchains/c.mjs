import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache.mjs";
import { installFromPyPI } from "./packages.mjs";
import { run } from "./process.mjs";
import { findPrograms } from "./search-path.mjs";

const PACKAGE = "ziglang==0.17.0";

/** Zig as a C compiler: it brings clang, a linker and wasi-libc. */
export const c = {
  language: "c",

  candidates() {
    return findPrograms("zig", join(cacheFolder("ziglang"), "ziglang")).map((program) => ({
      command: [program],
      env: { ZIG_GLOBAL_CACHE_DIR: cacheFolder("zig"), ZIG_LOCAL_CACHE_DIR: cacheFolder("zig") },
      target: "wasm32-wasi",
    }));
  },

  async probe({ command, env, target }, folder) {
    writeFileSync(join(folder, "main.c"), '#include <stdio.h>\nint main(void) { puts("hello"); }\n');
    await run([...command, "cc", `--target=${target}`, "-o", "probe.wasm", "main.c"], { cwd: folder, env });
    return `zig ${(await run([...command, "version"], { env })).trim()}`;
  },

  install: () => installFromPyPI(PACKAGE, "ziglang"),
};
