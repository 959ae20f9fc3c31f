/** The handling of messages: its steps, its conversation, its taint. @module */
export { createMailTurns } from "./mail-turn.ts";
export { dropSteps, openStepLog, type Step, type StepLog, stepMigrations } from "./step-log.ts";
export { configurationTexts, forgetSaid, ownerTexts, textsOf } from "./trusted-sources.ts";
export { createTurn, type Turn, type TurnOptions } from "./turn.ts";
