import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join, sep } from "node:path";
import { FieldworkError } from "#contract";

const BARE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/;
const SUFFIXES = process.platform === "win32" ? ["", ".exe"] : [""];

const isBareName = (program: string): boolean => BARE_NAME.test(program);

/**
 * The form in which a program is compared with grants: a bare name stays, an absolute path becomes the real one.
 * @throws FieldworkError `invalid_input` for other paths, `not_found`, `denied` for a program in Fieldwork's home
 */
export async function canonicalProgram(program: string, home: string): Promise<string> {
  if (isBareName(program)) return program;
  if (!isAbsolute(program) || program.includes("\0"))
    throw new FieldworkError(
      "invalid_input",
      `${program} is neither a program's name nor an absolute path.`,
      {
        remedy: "Name the program, such as git, or give its absolute path.",
      },
    );
  const real = await realpath(program).catch(() => undefined);
  if (real === undefined || !(await isProgram(real))) throw notFound(program);
  const realHome = await realpath(home).catch(() => home);
  if (real === realHome || real.startsWith(realHome + sep))
    throw new FieldworkError("denied", "Programs in Fieldwork's home are not run.", {
      remedy: "Install the program outside of it; run scripts of the workspace by naming their interpreter.",
    });
  return real;
}

/** The file of a canonical program; bare names are looked up in the folders of `path` only. */
export async function findProgram(program: string, path: string): Promise<string> {
  if (!isBareName(program)) return program;
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const suffix of SUFFIXES) {
      const candidate = join(folder, program + suffix);
      if (await isProgram(candidate)) return candidate;
    }
  }
  throw notFound(program);
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function notFound(program: string): FieldworkError {
  return new FieldworkError("not_found", `There is no program ${program}.`, {
    remedy: "Install it, or name its folder in the setting exec.path.",
  });
}
