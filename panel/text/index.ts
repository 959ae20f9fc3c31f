import { en } from "./en/index.ts";

/** Every text of the panel, in the viewer's language. Another language is another table of this shape. */
export type Text = typeof en;

export const t: Text = { ...en, language: inRegion(en.language) };

/** The viewer's own variety of a language, such as `en-GB`: it decides how times and numbers are written. */
function inRegion(language: string): string {
  return navigator.languages.find((one) => one === language || one.startsWith(`${language}-`)) ?? language;
}
