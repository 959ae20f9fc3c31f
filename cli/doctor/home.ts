import { accessSync, constants, lstatSync, statSync } from "node:fs";
import { type Check, type Finding, fail, ok, warn } from "./check.ts";

export const home: Check = {
  name: "home",
  run({ home: path }) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found)
      return [
        fail(
          `${path} does not exist`,
          "Start once with ./start.sh, which makes it, or name another with --home.",
        ),
      ];
    if (!found.isDirectory())
      return [fail(`${path} is not a folder`, "Move that file away, or set FIELDWORK_HOME to a folder.")];
    const findings = [writable(path), ...(process.platform === "win32" ? [] : ownership(path))];
    const problems = findings.filter((finding) => finding.state !== "ok");
    return problems.length > 0 ? problems : [ok(path)];
  },
};

function writable(path: string): Finding {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return ok("writable");
  } catch (error) {
    const readOnly = (error as NodeJS.ErrnoException).code === "EROFS";
    return readOnly
      ? fail(
          `${path} is on a read-only file system`,
          "Mount it for writing, or set FIELDWORK_HOME to a folder on another disk.",
        )
      : fail(`${path} cannot be written`, "Run as the user who owns it, or give that user the rights.");
  }
}

function ownership(path: string): Finding[] {
  const { uid, mode } = statSync(path);
  const findings: Finding[] = [];
  if (uid !== process.getuid?.())
    findings.push(
      fail(
        `${path} belongs to another user (uid ${uid})`,
        "Run as that user, or change the owner with chown -R.",
      ),
    );
  if ((mode & 0o077) !== 0)
    findings.push(
      fail(`other users can open ${path} (mode ${(mode & 0o777).toString(8)})`, `chmod 700 '${path}'`),
    );
  if (lstatSync(path).isSymbolicLink())
    findings.push(
      warn(
        `${path} is a link`,
        "Set FIELDWORK_HOME to the folder itself: upgrades and restores exchange it by name.",
      ),
    );
  return findings;
}
