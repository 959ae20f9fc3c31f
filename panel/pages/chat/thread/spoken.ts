/** What is said of an answer: its words without the signs of Markdown; code, formulas and diagrams are left to be looked at. */
export const spoken = (markdown: string): string =>
  SIGNS.reduce((text, [sign, words]) => text.replace(sign, words), markdown)
    .replace(/\s+/g, " ")
    .trim();

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*$|$(?![\s\S]))/gm, " … "],
  [/\$\$[\s\S]*?\$\$/g, " … "],
  // The line between a table's head and its rows, and rules.
  [/^[ \t|:*_-]*[-*_]{3,}[ \t|:*_-]*$/gm, ""],
  [/^[ \t]*(?:#{1,6}|>|[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/gm, ""],
  [/!?\[([^\]\n]*)\]\([^)\n]*\)/g, "$1"],
  [/^[ \t]*\||\|[ \t]*$/gm, ""],
  [/[ \t]*\|[ \t]*/g, ", "],
  [/(\*\*|__|~~|`+)(?=\S)([^\n]*?\S)\1/g, "$2"],
  [/(?<![\w*])([*_])(?=\S)([^\n*_]*\S)\1(?!\w)/g, "$2"],
];
