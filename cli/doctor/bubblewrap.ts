import { spawnSync } from "node:child_process";
import { type Check, ok, skip, warn } from "./check.ts";

const TRY_MS = 5000;

export const bubblewrap: Check = {
  name: "bubblewrap",
  run() {
    if (process.platform !== "linux") return [skip("is for Linux")];
    const tried = spawnSync("bwrap", ["--ro-bind", "/", "/", "--unshare-all", "--die-with-parent", "true"], {
      timeout: TRY_MS,
      encoding: "utf8",
    });
    if (tried.status === 0) return [ok("works")];
    if ((tried.error as NodeJS.ErrnoException | undefined)?.code === "ENOENT")
      return [
        warn(
          "is not installed: programs and apps run without the system's sandbox",
          "Install the package bubblewrap.",
        ),
      ];
    const said = tried.stderr?.trim().split("\n")[0] || tried.error?.message || `code ${tried.status}`;
    return [warn(`does not work here: ${said}`, "Allow unprivileged user namespaces on this machine.")];
  },
};
