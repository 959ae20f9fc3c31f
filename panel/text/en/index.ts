/**
 * English: every word of the panel, in a table for each part of it.
 * @module
 */

export const language: string = "en";
export const product: string = "Fieldwork";

export { account } from "./account.ts";
export { actions } from "./actions.ts";
export { agents } from "./agents.ts";
export { approvals } from "./approvals.ts";
export { chat } from "./chat.ts";
export { common, problems } from "./common.ts";
export { editor } from "./editor.ts";
export { form } from "./form.ts";
export { health } from "./health.ts";
export { journal } from "./journal.ts";
export { markdown } from "./markdown.ts";
export { mind } from "./mind.ts";
export { module } from "./module.ts";
export { modules } from "./modules.ts";
export { palette } from "./palette.ts";
export { receipt } from "./receipt.ts";
export { settings } from "./settings.ts";
export { shell } from "./shell.ts";
export { tools } from "./tools.ts";
export { welcome } from "./welcome.ts";
