import { existsSync, statfsSync } from "node:fs";
import { sizeText } from "../terminal/index.ts";
import { type Check, fail, ok, skip, warn } from "./check.ts";

const FAIL_BYTES = 100 * 1024 * 1024;
const WARN_BYTES = 1024 * 1024 * 1024;
const FAIL_FILES = 1000;

export const disk: Check = {
  name: "disk",
  run({ home }) {
    if (!existsSync(home)) return [skip("there is no home yet")];
    const { bavail, bsize, files, ffree } = statfsSync(home);
    const free = bavail * bsize;
    if (free < FAIL_BYTES)
      return [
        fail(
          `the disk is full: ${sizeText(free)} free`,
          "Free space; old backups and logs in the home may go.",
        ),
      ];
    if (files > 0 && ffree < FAIL_FILES)
      return [
        fail(
          `the disk can hold only ${ffree} more files`,
          "Delete files that are not needed; it has no inodes left.",
        ),
      ];
    if (free < WARN_BYTES) return [warn(`${sizeText(free)} free`, "Free space before the disk is full.")];
    return [ok(`${sizeText(free)} free`)];
  },
};
