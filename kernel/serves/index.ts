/** The capabilities the kernel itself provides. @module */
export { degradedNow } from "./degraded.ts";
export type { HealthService } from "./health.ts";
export { createFill } from "./secret-use.ts";
export { serveKernel } from "./serve.ts";
