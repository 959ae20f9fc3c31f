import { FieldworkError, type ModuleInfo } from "#contract";
import type { ModuleEntry } from "./entry.ts";
import type { ModuleRecord } from "./records.ts";

export type ModuleState = ModuleInfo["state"];

export function stateOf(entry: ModuleEntry, record: ModuleRecord | undefined): ModuleState {
  if (entry.problems.length > 0) return "broken";
  if (!record) return "new";
  return record.enabled ? "ready" : "disabled";
}

/** Why a module in this state cannot be called. */
export function notReady(
  { id, problems, folder }: ModuleEntry,
  state: Exclude<ModuleState, "ready">,
): FieldworkError {
  const why = {
    new: [
      `waits for your approval`,
      `Look at what it asks for with \`fw agent show ${id}\`, then \`fw agent approve ${id}\`.`,
    ],
    disabled: ["is disabled", `Enable it with \`fw agent enable ${id}\`.`],
    broken: [`is broken: ${problems[0]}`, `Mend its folder ${folder}; it is loaded again by itself.`],
    removed: ["was removed", "Install it again."],
  }[state];
  return new FieldworkError(state === "broken" ? "module_invalid" : "unavailable", `${id} ${why[0]}.`, {
    remedy: why[1] as string,
    details: { state, problems: [...problems] },
  });
}
