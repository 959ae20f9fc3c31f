/** The modules of the home: folders, states, calls. @module */
export { createAccounts } from "./accounts.ts";
export type { Decision } from "./decisions.ts";
export { askedTexts, asksOf, type ModuleEntry } from "./entry.ts";
export { environmentOf, workspaceOf } from "./environment.ts";
export { FOLDER_ENDING, problemsOf, readFolder } from "./folder.ts";
export { checkInput, schemaProblems } from "./input-check.ts";
export { createLimits } from "./limits.ts";
export {
  createModuleRecords,
  type ModuleConfig,
  type ModuleRecord,
  type ModuleRecords,
  moduleMigrations,
} from "./records.ts";
export { createRegistry, type Registry } from "./registry.ts";
export { createRun, type InvocationRecord, type Run, type RunOptions } from "./run.ts";
export { createStates, type States } from "./states.ts";
