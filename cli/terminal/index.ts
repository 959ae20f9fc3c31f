/**
 * How the command line speaks: text as data, made safe and coloured in one place; tables, widths, times and questions.
 * @module
 */
export { toRun, withCommand } from "./action.ts";
export { jsonText, neutral } from "./neutral.ts";
export { counted, sizeText } from "./size.ts";
export { fields, table } from "./table.ts";
export { coloured, processTerminal, type Terminal } from "./terminal.ts";
export {
  bold,
  dim,
  type Line,
  linesOf,
  oneLine,
  render,
  type Span,
  type Style,
  styled,
  type Text,
} from "./text.ts";
export { fileTime, localTime } from "./time.ts";
export { padTo, widthOf } from "./width.ts";
