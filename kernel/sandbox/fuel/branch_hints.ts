import { createWriter, type Writer, writeByte, writeName, writeRange, writeU32 } from "./writer.ts";

/** Collects branches that are almost never taken, function by function in the order of their indices. */
export interface BranchHints {
  /** Marks the branch instruction at `offset`, counted from the start of the body of the current function. */
  unlikely(offset: number): void;
  /** Ends the current function, whose index is `fn`. */
  endFunction(fn: number): void;
  /** The custom section, with its name. */
  section(): Writer;
}

/** Writes `metadata.code.branch_hint`, as the branch hinting proposal (phase 4) defines it. */
export function createBranchHints(): BranchHints {
  const items = createWriter(4096);
  let functions = 0;
  let offsets: number[] = [];
  return {
    unlikely: (offset) => offsets.push(offset),
    endFunction(fn) {
      functions++;
      writeU32(items, fn);
      writeU32(items, offsets.length);
      for (const offset of offsets) {
        writeU32(items, offset);
        writeByte(items, 1);
        writeByte(items, 0);
      }
      offsets = [];
    },
    section() {
      const w = createWriter(items.length + 64);
      writeName(w, "metadata.code.branch_hint");
      writeU32(w, functions);
      writeRange(w, items.bytes, 0, items.length);
      return w;
    },
  };
}
