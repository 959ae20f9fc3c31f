/**
 * The most values that one JSON text of a guest may hold. Reading so many takes the kernel's thread about 20 ms; a text that is long
 * because of its strings costs little, so that files and bodies are bounded by their bytes alone.
 */
export const JSON_VALUES_MAX = 200_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const BRACE = 0x7b;

/** Does a JSON text hold more than so many values? Found out without building any, in time linear in its length. */
export function holdsTooManyValues(text: string, most = JSON_VALUES_MAX): boolean {
  if (text.length <= most) return false;
  let count = 1;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if ((code === COMMA || code === BRACKET || code === BRACE) && ++count > most) return true;
  }
  return false;
}
