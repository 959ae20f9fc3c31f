/** The turn that an agent has when it brings none of its own. @module */
export type { TurnOptions } from "./options.ts";
export type { ToolReceipt } from "./state.ts";
export { standardTurn, type TurnFinish, type TurnReply } from "./turn.ts";
