const ATX = /^ {0,3}(#{1,6})(?:[ \t]|$)/;
const SETEXT = /^[^\n]+\n {0,3}(=+|-{2,})[ \t]*$/;

/** How deep a block is as a heading: 1…6; `undefined` where it is none. */
export function depthOf(block: string): number | undefined {
  const marks = ATX.exec(block)?.[1];
  if (marks !== undefined) return marks.length;
  const line = SETEXT.exec(block.trimEnd())?.[1];
  return line === undefined ? undefined : line.startsWith("=") ? 1 : 2;
}

const PAGE_LEVEL = 1;
const LEVEL_MAX = 6;

/** The level in the page's own order of each block that is a heading: beneath the page's title, none left out. */
export function levelsOf(blocks: readonly string[]): readonly (number | undefined)[] {
  const open: number[] = [];
  return blocks.map((block) => {
    const depth = depthOf(block);
    if (depth === undefined) return undefined;
    while ((open.at(-1) ?? 0) >= depth) open.pop();
    open.push(depth);
    return Math.min(LEVEL_MAX, PAGE_LEVEL + open.length);
  });
}
