import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { counted } from "../terminal/index.ts";
import { type Check, fail, ok, skip } from "./check.ts";

const SHOWN = 5;

/** The parts of npm's lock file, version 3, that say what must be there. */
const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      peer: z.boolean().optional(),
    }),
  ),
});

export const dependencies: Check = {
  name: "dependencies",
  run({ root }) {
    const wanted = read(join(root, "package-lock.json"));
    if (!wanted) return [skip("there is no lock file to compare with")];
    const installed = read(join(root, "node_modules", ".package-lock.json"))?.packages ?? {};
    const wrong = Object.entries(wanted.packages).flatMap(
      ([path, { version, dev, optional, devOptional, peer }]) => {
        if (path === "") return [];
        const there = installed[path];
        const mayLack = dev || optional || devOptional || peer;
        return (there ? there.version === version : mayLack)
          ? []
          : [path.slice(path.lastIndexOf("node_modules/") + 13)];
      },
    );
    if (wrong.length === 0) return [ok(counted(Object.keys(installed).length, "package"))];
    const named = wrong.slice(0, SHOWN).join(", ") + (wrong.length > SHOWN ? ", …" : "");
    return [
      fail(
        `${counted(wrong.length, "package")} not as in the lock file: ${named}`,
        "./start.sh installs them; or run npm ci.",
      ),
    ];
  },
};

function read(path: string): z.infer<typeof lockFile> | undefined {
  try {
    return lockFile.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}
