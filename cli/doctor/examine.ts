import { approvals } from "./approvals.ts";
import { bubblewrap } from "./bubblewrap.ts";
import type { Check, Finding, Patient } from "./check.ts";
import { clock } from "./clock.ts";
import { dataFormat } from "./data_format.ts";
import { databases } from "./databases.ts";
import { dependencies } from "./dependencies.ts";
import { disk } from "./disk.ts";
import { fileSystem } from "./file_system.ts";
import { health, seal } from "./health.ts";
import { home } from "./home.ts";
import { inotify } from "./inotify.ts";
import { journalTail } from "./journal_tail.ts";
import { keys } from "./keys.ts";
import { modules } from "./modules.ts";
import { node } from "./node.ts";
import { port } from "./port.ts";
import { runFolder } from "./run_folder.ts";

/** Every check, in the order in which one thing rests on another. */
export const CHECKS: readonly Check[] = [
  node,
  dependencies,
  home,
  fileSystem,
  disk,
  keys,
  databases,
  dataFormat,
  journalTail,
  clock,
  inotify,
  bubblewrap,
  runFolder,
  port,
  health,
  seal,
  modules,
  approvals,
];

export type Result = Finding & { readonly check: string };

/** Makes every check. One that throws is itself a finding; the others go on. */
export async function examine(patient: Patient): Promise<Result[]> {
  const results: Result[] = [];
  for (const check of CHECKS) {
    for (const finding of await findings(check, patient)) results.push({ check: check.name, ...finding });
  }
  return results;
}

async function findings(check: Check, patient: Patient): Promise<readonly Finding[]> {
  try {
    return await check.run(patient);
  } catch (error) {
    const what = `could not be checked: ${(error as Error).message}`;
    return [{ state: "fail", what, remedy: "Mend what the message names, then run `fw doctor` again." }];
  }
}
