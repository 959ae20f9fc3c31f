import { type Check, fail, ok } from "./check.ts";

const OLDEST = 26;

export const node: Check = {
  name: "node",
  run() {
    const major = Number(process.versions.node.split(".")[0]);
    if (major >= OLDEST) return [ok(`Node ${process.versions.node}`)];
    return [
      fail(
        `Node ${process.versions.node} is too old`,
        `./start.sh and ./fw bring Node ${OLDEST} themselves; use these.`,
      ),
    ];
  },
};
