/** The capabilities the kernel itself provides. @module */
export { serveBasic } from "./basic.ts";
export { degradedNow } from "./degraded.ts";
export { serveHealth } from "./health.ts";
export { serveJournal } from "./journal.ts";
export { serveModules } from "./modules.ts";
export { serveOwner } from "./owner.ts";
export { createFill, serveSecretUse } from "./secret-use.ts";
export { serveSystem } from "./system.ts";
