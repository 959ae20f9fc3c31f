/**
 * All that can be wrong with an installation, each a small check with a remedy.
 * @module
 */
export type { Check, Finding, Patient } from "./check.ts";
export { CHECKS, examine, type Result } from "./examine.ts";
