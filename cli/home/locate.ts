import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { FieldworkError } from "#contract";

/** The home that a command works on, as an absolute path: `--home`, then `$FIELDWORK_HOME`, then `~/.fieldwork`. */
export const locateHome = (option: string | undefined, env: NodeJS.ProcessEnv): string =>
  resolve(option ?? (env.FIELDWORK_HOME || join(homedir(), ".fieldwork")));

/** @throws FieldworkError `not_found` when there is no such folder. */
export function requireHome(home: string): void {
  if (existsSync(home)) return;
  throw new FieldworkError("not_found", `There is no home folder at ${home}.`, {
    remedy: "Start once with ./start.sh, which makes it, or name another with --home.",
  });
}
