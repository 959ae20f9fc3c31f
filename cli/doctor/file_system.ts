import { existsSync, statfsSync } from "node:fs";
import { type Check, fail, ok, skip, warn } from "./check.ts";

/** Magic numbers of file systems that other machines share or that do not lock like a local disk; Linux `statfs(2)`. */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB 2"],
  [0x01021997, "9p"],
  [0x5346414f, "AFS"],
  [0x00c36400, "Ceph"],
  [0x0bd00bd0, "Lustre"],
  [0x47504653, "GPFS"],
  [0x73757245, "Coda"],
]);
const FUSE = 0x65735546;
const IN_MEMORY: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);

export const fileSystem: Check = {
  name: "file system",
  run({ home }) {
    if (!existsSync(home)) return [skip("there is no home yet")];
    if (process.platform !== "linux") return [skip("its kind is not known on this system")];
    const type = statfsSync(home).type >>> 0;
    const network = NETWORK.get(type);
    if (network)
      return [
        fail(
          `the home is on a network file system (${network})`,
          "SQLite is not safe there: set FIELDWORK_HOME to a folder on a local disk.",
        ),
      ];
    if (type === FUSE)
      return [
        warn(
          "the home is on a FUSE file system",
          "If another machine or a cloud stands behind it, set FIELDWORK_HOME to a folder on a local disk.",
        ),
      ];
    if (IN_MEMORY.has(type))
      return [
        warn(
          "the home is in memory",
          "All is lost when the machine stops: set FIELDWORK_HOME to a folder on a disk.",
        ),
      ];
    return [ok("local")];
  },
};
