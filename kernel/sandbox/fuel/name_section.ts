import { type Reader, readByte, readPart, readU32 } from "./reader.ts";
import {
  createWriter,
  type Writer,
  writeByte,
  writeName,
  writeRange,
  writeSized,
  writeU32,
} from "./writer.ts";

/** A function that metering adds, at its new index. */
export interface AddedName {
  readonly index: number;
  readonly name: string;
}

/** Subsections that name things whose indices stay: module, types, tables, memories, globals, segments, tags. */
const KEPT: ReadonlySet<number> = new Set([0, 4, 5, 6, 7, 8, 9, 11]);
const FUNCTION_NAMES = 1;

/** Copies the function names with their indices moved; `added` are in the order of theirs. */
function copyFunctionNames(
  r: Reader,
  w: Writer,
  move: (index: number) => number,
  added: readonly AddedName[],
) {
  const count = readU32(r);
  const names = createWriter(r.end - r.pos + 64 * added.length + count);
  let next = 0;
  const addUpTo = (index: number) => {
    for (let name = added[next]; name !== undefined && name.index < index; name = added[++next]) {
      writeU32(names, name.index);
      writeName(names, name.name);
    }
  };
  for (let left = count; left > 0; left--) {
    const index = move(readU32(r));
    addUpTo(index);
    writeU32(names, index);
    const start = r.pos;
    readPart(r, readU32(r));
    writeRange(names, r.bytes, start, r.pos);
  }
  addUpTo(Number.POSITIVE_INFINITY);
  writeU32(w, count + added.length);
  writeRange(w, names.bytes, 0, names.length);
}

/**
 * Rewrites a name section (core specification, appendix "Name Section") so that stack traces stay right.
 * Names of locals, labels and fields go. A section that is not well formed goes as a whole: it has no
 * bearing on validity.
 */
export function rewriteNames(
  r: Reader,
  move: (index: number) => number,
  added: readonly AddedName[],
): Writer | undefined {
  const w = createWriter(r.end - r.pos + 256);
  writeName(w, "name");
  try {
    while (r.pos < r.end) {
      const id = readByte(r);
      const content = readPart(r, readU32(r));
      const rewritten = createWriter(content.end - content.pos + 256);
      if (id === FUNCTION_NAMES) copyFunctionNames(content, rewritten, move, added);
      else if (KEPT.has(id)) writeRange(rewritten, content.bytes, content.pos, content.end);
      else continue;
      writeByte(w, id);
      writeSized(w, rewritten);
    }
    return w;
  } catch {
    return undefined;
  }
}
