/**
 * Every word that the panel says, as `t.<table>.<word>`. A table comes with the part of the panel that says it: the build puts
 * each where it is named, so name tables in full (`t.chat`) and never hand on `t` itself.
 *
 * Another language is a folder beside `en` with the same tables:
 * 1. Copy `en` to, say, `de`; in its `index.ts` say `language = "de"`.
 * 2. Give each table its type, such as `export const chat: Words["chat"] = …`, and translate it. The type check names what is
 *    missing or takes other values; plurals and the order of words are each language's own, which is why these are functions.
 * 3. Import it below in the place of `en`, set `lang` in `index.html`, and build. A build speaks one language, so that nobody
 *    waits for words or loads those of another.
 * @module
 */

import * as t from "./en/index.ts";

export { t };

/** The tables and words that every language has. */
export type Words = typeof t;

/** The viewer's own variety of the language, such as `en-GB`: it decides how times and numbers are written. */
export const locale: string =
  navigator.languages.find((one) => one === t.language || one.startsWith(`${t.language}-`)) ?? t.language;
