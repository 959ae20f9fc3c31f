import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

const SUFFIX = process.platform === "win32" ? ".exe" : "";

/**
 * Every program of this name: those in the given folders first, then those in `PATH`.
 * @param {string} name
 * @param {...string} folders
 * @returns {string[]}
 */
export function findPrograms(name, ...folders) {
  const all = [...folders, ...(process.env.PATH ?? "").split(delimiter)];
  const files = all.filter((folder) => folder !== "").map((folder) => join(folder, name + SUFFIX));
  return [...new Set(files)].filter(isProgram);
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
