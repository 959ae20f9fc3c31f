import { readFileSync } from "node:fs";
import { type Check, ok, skip, warn } from "./check.ts";

const FEWEST = { max_user_watches: 8192, max_user_instances: 64 } as const;

/** Folders of agents are watched; Linux limits how many a user may watch, inotify(7). */
export const inotify: Check = {
  name: "file watching",
  run() {
    if (process.platform !== "linux") return [skip("has no limit to check on this system")];
    const low = Object.entries(FEWEST).flatMap(([name, fewest]) => {
      const limit = read(name);
      return limit === undefined || limit >= fewest
        ? []
        : [
            warn(
              `fs.inotify.${name} is ${limit}`,
              `sysctl -w fs.inotify.${name}=${fewest}; changes in folders are noticed late otherwise.`,
            ),
          ];
    });
    return low.length > 0 ? low : [ok("limits are wide enough")];
  },
};

function read(name: string): number | undefined {
  try {
    return Number(readFileSync(`/proc/sys/fs/inotify/${name}`, "utf8"));
  } catch {
    return undefined;
  }
}
