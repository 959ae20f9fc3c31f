/** Consent of a person to exact calls. @module */
export { type Approvals, approvalMigrations, createApprovals } from "./approvals.ts";
