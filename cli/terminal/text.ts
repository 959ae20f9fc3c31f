import { styleText } from "node:util";
import { neutral } from "./neutral.ts";

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";
export interface Styled {
  readonly text: string;
  readonly style: Style;
}
export type Span = string | Styled;
export type Line = Span | readonly Span[];
/** What a command has to say. It stays data until {@link render}, the one place where it becomes bytes for a terminal. */
export type Text = readonly Line[];

export const styled = (style: Style, text: string): Styled => ({ text, style });
export const bold = (text: string): Styled => styled("bold", text);
export const dim = (text: string): Styled => styled("dim", text);

/** A text of several lines as lines. */
export const linesOf = (text: string): Text => neutral(text).split("\n");

/** The bytes for a terminal: every span neutralised, a span never breaks its line, styles only where `colour`. */
export function render(text: Text, colour: boolean): string {
  return text.map((line) => `${renderLine(line, colour)}\n`).join("");
}

function renderLine(line: Line, colour: boolean): string {
  const spans = Array.isArray(line) ? (line as readonly Span[]) : [line as Span];
  return spans.map((span) => renderSpan(span, colour)).join("");
}

function renderSpan(span: Span, colour: boolean): string {
  const text = oneLine(typeof span === "string" ? span : span.text);
  return typeof span === "string" || !colour ? text : styleText(span.style, text, { validateStream: false });
}

export const oneLine = (text: string): string => neutral(text).replaceAll("\n", " ");
