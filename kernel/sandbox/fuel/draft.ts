import { invalid, overLimit } from "./error.ts";
import { type Reader, readU32 } from "./reader.ts";
import type { SectionIndex } from "./section_index.ts";
import { createWriter, type Writer, writeByte, writeRange, writeSized, writeU32 } from "./writer.ts";

/** A section that is a vector, rewritten but not yet complete. */
export interface Draft {
  readonly id: number;
  readonly items: Writer;
  count: number;
}

/** Room for what metering adds to a section. */
const SPARE_BYTES = 256;

/** What a section is called in errors, and the most items it may have; `imported` ones count too. */
export interface DraftBounds {
  readonly what: string;
  readonly limit: number;
  readonly imported?: number;
}

/** Copies section `id` item by item. A section that is absent gives an empty draft. */
export function draftSection(
  { sections }: SectionIndex,
  id: number,
  { what, limit, imported = 0 }: DraftBounds,
  copyItem: (r: Reader, w: Writer) => void,
): Draft {
  const section = sections[id];
  if (section === undefined) return { id, items: createWriter(SPARE_BYTES), count: 0 };
  const r: Reader = { ...section };
  const size = r.end - r.pos;
  const count = readU32(r);
  if (imported + count > limit) throw overLimit(what, imported + count, limit, section.pos);
  const items = createWriter(size + (size >> 1) + SPARE_BYTES);
  for (let i = 0; i < count; i++) copyItem(r, items);
  if (r.pos !== r.end) throw invalid(`section of ${what} is longer than its content`, r.pos);
  return { id, items, count };
}

/** Appends the section, unless it has no items. */
export function emitDraft(out: Writer, { id, items, count }: Draft): void {
  if (count === 0) return;
  const countField = createWriter(5);
  writeU32(countField, count);
  writeByte(out, id);
  writeU32(out, countField.length + items.length);
  writeRange(out, countField.bytes, 0, countField.length);
  writeRange(out, items.bytes, 0, items.length);
}

/** Appends a section of a known content. */
export function emitSection(out: Writer, id: number, content: Writer): void {
  writeByte(out, id);
  writeSized(out, content);
}

/** Appends section `id` of the input as it stands, if it is there. */
export function emitVerbatim(out: Writer, { sections }: SectionIndex, id: number): void {
  const section = sections[id];
  if (section === undefined) return;
  writeByte(out, id);
  writeU32(out, section.end - section.pos);
  writeRange(out, section.bytes, section.pos, section.end);
}
