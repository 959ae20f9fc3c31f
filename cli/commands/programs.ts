import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { FieldworkError } from "#contract";
import type { Place } from "../command/index.ts";

/**
 * Runs `setup/start.mjs` or `setup/stop.mjs` on the place's home, in the same terminal. With `--json` what it says goes to
 * standard error, so that standard output stays one document.
 * @throws FieldworkError `unavailable` when it fails; it has said why itself.
 */
export async function runSetup(
  place: Place,
  program: "start" | "stop",
  args: readonly string[] = [],
): Promise<void> {
  const child = spawn(process.execPath, [join(place.root, "setup", `${program}.mjs`), ...args], {
    env: { ...place.env, FIELDWORK_HOME: place.home },
    stdio: ["inherit", place.json ? 2 : "inherit", "inherit"],
  });
  const ignore = (): void => {};
  process.on("SIGINT", ignore);
  const [code, signal] = (await once(child, "exit").finally(() => process.off("SIGINT", ignore))) as [
    number | null,
    string | null,
  ];
  if (code === 0) return;
  throw new FieldworkError(
    "unavailable",
    `The program could not be ${program === "start" ? "started" : "stopped"} (${signal ?? `code ${code}`}).`,
    {
      remedy: "Read what it said above; `fw doctor` finds most causes.",
    },
  );
}
