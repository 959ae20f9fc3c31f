import { mkdir, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { FieldworkError } from "#contract";

export interface WorkingFolder {
  /** The real path of the workspace. */
  readonly workspace: string;
  /** The real path of the working folder, inside it. */
  readonly real: string;
  /** The same, relative to the workspace, with `/`. */
  readonly inside: string;
}

/** The folder a program starts in: the workspace or one in it, by whatever links. */
export async function workingFolder(cwd: string, workspace: string): Promise<WorkingFolder> {
  await mkdir(workspace, { recursive: true, mode: 0o700 });
  const root = await realpath(workspace);
  const asked = cwd.replace(/^\/workspace(?=\/|$)\/*/, "");
  if (asked.includes("\0") || (isAbsolute(asked) && !asked.startsWith(root))) throw outside(cwd);
  let real: string;
  try {
    real = await realpath(isAbsolute(asked) ? asked : join(root, asked));
  } catch (error) {
    throw new FieldworkError("not_found", `There is no folder ${cwd}.`, { cause: error });
  }
  if (real !== root && !real.startsWith(root + sep)) throw outside(cwd);
  if (!(await stat(real)).isDirectory()) throw new FieldworkError("invalid_input", `${cwd} is not a folder.`);
  return { workspace: root, real, inside: relative(root, real).split(sep).join("/") };
}

function outside(cwd: string): FieldworkError {
  return new FieldworkError("denied", `${cwd} lies outside the workspace.`, {
    remedy: "Programs start in the workspace or in a folder of it.",
  });
}
