/**
 * A command as a declaration, and what is read from it: parsing, help, suggestions.
 * @module
 */
export {
  type Answer,
  type Command,
  defineCommand,
  type Invocation,
  type Option,
  type Place,
} from "./command.ts";
export { decimal } from "./decimal.ts";
export { commandHelp, familyHelp, programHelp, usageOf } from "./help.ts";
export { findCommand, GLOBAL_OPTIONS, noticed, parseCommand, readGlobals } from "./parse.ts";
export { suggest } from "./suggest.ts";
export { wholeNumber } from "./whole_number.ts";
export { WrongUse } from "./wrong_use.ts";
