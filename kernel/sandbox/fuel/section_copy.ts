import { copyConstantExpression } from "./constant_expression.ts";
import { invalid, unsupported } from "./error.ts";
import type { ExportFact, ImportFact, ValueType } from "./facts.ts";
import { externType, type GlobalType, type IndexSpaces, type TableType } from "./index_spaces.ts";
import { type Reader, readByte, readName, readU32, skip, skipLeb } from "./reader.ts";
import { copySizeRange } from "./size_range.ts";
import { readValueType } from "./value_type.ts";
import { type Writer, writeByte, writeRange, writeU32 } from "./writer.ts";

/** What the sections before the code are rewritten by. */
export interface SectionContext {
  readonly spaces: IndexSpaces;
  readonly memoryMaxPages: number;
  readonly tableMaxEntries: number;
  moveFunction(index: number): number;
}

function readValueTypes(r: Reader): ValueType[] {
  const types: ValueType[] = [];
  for (let left = readU32(r); left > 0; left--) types.push(readValueType(r));
  return types;
}

/** Refuses what is not a function type by the name of the proposal it comes from. */
function refusedForm(form: number, offset: number) {
  const code = `0x${form.toString(16).padStart(2, "0")}`;
  if (form === 0x5d) return unsupported(`stack switching (type ${code})`, offset);
  return unsupported(`garbage collection (type ${code})`, offset);
}

export function copyType(r: Reader, w: Writer, context: SectionContext): void {
  const start = r.pos;
  const form = readByte(r);
  if (form !== 0x60) throw refusedForm(form, start);
  context.spaces.types.push({ params: readValueTypes(r), results: readValueTypes(r) });
  writeRange(w, r.bytes, start, r.pos);
}

/** Copies the type index of a function that the module defines. */
export function copyFunction(r: Reader, w: Writer, context: SectionContext): void {
  const type = readU32(r);
  context.spaces.functions.push(type);
  writeU32(w, type);
}

function copyTableType(r: Reader, w: Writer, context: SectionContext): TableType {
  const at = r.pos;
  const element = readValueType(r);
  writeRange(w, r.bytes, at, r.pos);
  return { element, entries: copySizeRange(r, w, "table", context.tableMaxEntries) };
}

export function copyMemory(r: Reader, w: Writer, context: SectionContext): void {
  if (context.spaces.memories.length > 0) throw unsupported("more than one memory", r.pos);
  context.spaces.memories.push(copySizeRange(r, w, "memory", context.memoryMaxPages));
}

function readGlobalType(r: Reader): GlobalType {
  const value = readValueType(r);
  const offset = r.pos;
  const flags = readByte(r);
  if (flags > 1) throw unsupported("shared global", offset);
  return { value, mutable: flags === 1 };
}

/** Copies a tag's type: an attribute that is 0 and a type index. */
export function copyTag(r: Reader, w: Writer, context: SectionContext): void {
  const start = r.pos;
  readByte(r);
  context.spaces.tags.push(readU32(r));
  writeRange(w, r.bytes, start, r.pos);
}

export function copyImport(r: Reader, w: Writer, context: SectionContext): ImportFact {
  const { spaces } = context;
  const start = r.pos;
  const module = readName(r);
  const name = readName(r);
  const offset = r.pos;
  const kind = readByte(r);
  writeRange(w, r.bytes, start, r.pos);
  const typeAt = r.pos;
  let index: number;
  switch (kind) {
    case 0:
      copyFunction(r, w, context);
      index = spaces.functions.length - 1;
      break;
    case 1:
      index = spaces.tables.push(copyTableType(r, w, context)) - 1;
      break;
    case 2:
      copyMemory(r, w, context);
      index = 0;
      break;
    case 3:
      index = spaces.globals.push(readGlobalType(r)) - 1;
      writeRange(w, r.bytes, typeAt, r.pos);
      break;
    case 4:
      copyTag(r, w, context);
      index = spaces.tags.length - 1;
      break;
    default:
      throw unsupported(`import of kind ${kind}`, offset);
  }
  const type = externType(spaces, kind, index);
  if (type === undefined) throw invalid("unknown type", typeAt);
  return { module, name, type };
}

/** Copies a table, which may have an initial value. */
export function copyTable(r: Reader, w: Writer, context: SectionContext): void {
  const withValue = r.pos < r.end && r.bytes[r.pos] === 0x40;
  if (withValue) {
    skip(r, 2);
    writeByte(w, 0x40);
    writeByte(w, 0x00);
  }
  context.spaces.tables.push(copyTableType(r, w, context));
  if (withValue) copyConstantExpression(r, w, context.moveFunction);
}

export function copyGlobal(r: Reader, w: Writer, context: SectionContext): void {
  const start = r.pos;
  context.spaces.globals.push(readGlobalType(r));
  writeRange(w, r.bytes, start, r.pos);
  copyConstantExpression(r, w, context.moveFunction);
}

export function copyExport(r: Reader, w: Writer, context: SectionContext): ExportFact {
  const start = r.pos;
  const name = readName(r);
  const kind = readByte(r);
  writeRange(w, r.bytes, start, r.pos);
  const offset = r.pos;
  const index = readU32(r);
  writeU32(w, kind === 0 ? context.moveFunction(index) : index);
  const type = externType(context.spaces, kind, index);
  if (type === undefined) throw invalid("export of something unknown", offset);
  return { name, type };
}

/** Copies one element segment, in any of its eight forms. */
export function copyElementSegment(r: Reader, w: Writer, context: SectionContext): void {
  const start = r.pos;
  const flags = readU32(r);
  if (flags > 7) throw unsupported(`element segment with flags ${flags}`, start);
  const active = (flags & 1) === 0;
  if (active && flags & 2) skipLeb(r, 5);
  writeRange(w, r.bytes, start, r.pos);
  if (active) copyConstantExpression(r, w, context.moveFunction);
  const typeAt = r.pos;
  if (flags & 3) {
    if (flags & 4) readValueType(r);
    else if (readByte(r) !== 0) throw unsupported("element segment of another kind", typeAt);
  }
  const count = readU32(r);
  writeRange(w, r.bytes, typeAt, r.pos);
  for (let left = count; left > 0; left--) {
    if (flags & 4) copyConstantExpression(r, w, context.moveFunction);
    else writeU32(w, context.moveFunction(readU32(r)));
  }
}
