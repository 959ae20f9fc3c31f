import { stripVTControlCharacters } from "node:util";

/** String controls (OSC, DCS, APC, PM, SOS) up to their end, in the 7-bit and the 8-bit form; ECMA-48. */
const CONTROL_STRINGS = /(?:\x1b[\]P_^X]|[\x9d\x90\x9f\x9e\x98])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?/g;
/** Marks that turn the direction of text around, so that it reads differently from what it says. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/**
 * Text as a terminal may see it: without escape sequences, control characters and direction marks. Tabs become spaces; line
 * ends stay. What modules, people and files say is data and must not move the cursor, colour a lie or fill the clipboard.
 */
export function neutral(text: string): string {
  return stripVTControlCharacters(text.replace(CONTROL_STRINGS, ""))
    .replaceAll("\r\n", "\n")
    .replaceAll("\t", "  ")
    .replaceAll(/[\u2028\u2029]/g, "\n")
    .replace(CONTROLS, "")
    .replace(DIRECTION, "");
}

/** A JSON text that is safe on a terminal: the same value, with what {@link neutral} removes written as `\uXXXX`. */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent) ?? "null";
  return text.replace(
    /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
