import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const TOKENS = join(import.meta.dirname, "..", "style", "tokens.css");

/**
 * Begins every style with the order of the layers, as `tokens.css` has it: a browser orders them by where it first meets each, and
 * which file it meets first is the build's affair.
 */
export const layers = (): Plugin => {
  const order = /^@layer [\w, ]+;/.exec(readFileSync(TOKENS, "utf8"))?.[0];
  if (order === undefined) throw new Error("style/tokens.css does not begin with the order of the layers");
  return {
    name: "fieldwork:layers",
    enforce: "pre",
    transform: (code, id) => (/\.module\.css$/.test(id) ? `${order}\n${code}` : null),
  };
};
