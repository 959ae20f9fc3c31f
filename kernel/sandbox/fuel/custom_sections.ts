import { type AddedName, rewriteNames } from "./name_section.ts";
import type { CustomSection } from "./section_index.ts";
import { createWriter, type Writer, writeName, writeRange } from "./writer.ts";

/** Sections that speak of places in the code or of function indices, and would be wrong now. */
const dropped = (name: string): boolean =>
  name.startsWith("metadata.code.") ||
  name.startsWith(".debug_") ||
  name.startsWith("reloc.") ||
  name === "linking" ||
  name === "sourceMappingURL" ||
  name === "external_debug_info" ||
  name === "compilationHints";

/** The custom section in its place in the metered module, or undefined where it has none. */
export function rewriteCustom(
  section: CustomSection,
  move: (index: number) => number,
  added: readonly AddedName[],
): Writer | undefined {
  const { name, content } = section;
  if (name === "name") return rewriteNames(content, move, added);
  if (dropped(name)) return undefined;
  const w = createWriter(content.end - content.pos + name.length + 16);
  writeName(w, name);
  writeRange(w, content.bytes, content.pos, content.end);
  return w;
}
