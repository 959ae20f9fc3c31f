/**
 * The server, as the panel asks it: capabilities by name, typed by the contract.
 * @module
 */

export { type Account, AccountContext, useAccount } from "./account.ts";
export { call } from "./call.ts";
export { onConfirmation, withConfirmation } from "./confirmation.ts";
export { type Decision, useUsualPolicy } from "./policy.ts";
export { type Problem, ProblemError, partsOf, problemOf } from "./problem.ts";
export { queries, refresh, useAct, useCapability } from "./query.ts";
export { onSignedOut, request, send } from "./request.ts";
export { upload } from "./upload.ts";
export { useSettled } from "./use_settled.ts";
