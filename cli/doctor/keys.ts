import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Check, fail, ok, skip } from "./check.ts";

/** Files that only the owner may read: every key file in the home, and the local token. */
export const keys: Check = {
  name: "keys",
  run({ home }) {
    if (process.platform === "win32") return [skip("rights are not kept as a mode on this system")];
    const names = existsSync(home) ? readdirSync(home).filter((name) => /key/i.test(name)) : [];
    const token = join("run", "token");
    if (existsSync(join(home, token))) names.push(token);
    if (names.length === 0) return [skip("there are none yet")];
    const open = names.filter((name) => (statSync(join(home, name)).mode & 0o077) !== 0);
    if (open.length === 0) return [ok(names.join(", "))];
    return open.map((name) =>
      fail(
        `other users can read ${name}`,
        `chmod 600 '${join(home, name)}'${name === token ? "" : "; if others use this machine, run `fw secret rotate`."}`,
      ),
    );
  },
};
