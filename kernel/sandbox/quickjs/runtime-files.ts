import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const GLUE_FOLDER = fileURLToPath(new URL("./guest/", import.meta.url));

/** Files of the SDK that only make sense outside the sandbox. */
const OUTSIDE_ONLY = ["testing.ts", "memory-counter.ts", "register.ts"];

/**
 * Reads the files of the runtime: the glue of this folder and the SDK in `sdkFolder`. Runs where there is a file
 * system; the result is handed to the sandbox process for `prepareRuntime`.
 */
export function readRuntimeFiles(sdkFolder: string): Readonly<Record<string, string>> {
  return { ...readFolder(GLUE_FOLDER, "guest/"), ...readFolder(sdkFolder, "sdk/") };
}

function readFolder(folder: string, prefix: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const { name } = entry;
    if (entry.isDirectory() && /^[a-z-]+$/.test(name))
      Object.assign(files, readFolder(`${folder}/${name}`, `${prefix}${name}/`));
    if (!/^[a-z-]+\.ts$/.test(name) || OUTSIDE_ONLY.includes(name)) continue;
    files[prefix + name] = readFileSync(`${folder}/${name}`, "utf8");
  }
  return files;
}
