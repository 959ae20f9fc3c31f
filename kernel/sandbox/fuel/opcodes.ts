/**
 * What follows each opcode of the WebAssembly binary format, as far as finding the next one and rewriting
 * needs it. Source: WebAssembly core specification 3.0, appendix "Index of Instructions"; the legacy
 * exception opcodes 0x06–0x09, 0x18, 0x19 come from the exception handling proposal's legacy text.
 */

/** What follows an opcode, or what the rewriter does at it. */
export const FORM = {
  refused: 0,
  plain: 1,
  block: 2,
  loop: 3,
  /** `else` and `catch_all`: delimiters, not instructions. */
  delimiter: 4,
  catch: 5,
  delegate: 6,
  end: 7,
  tryTable: 8,
  /** One LEB128 of at most 32 bits. */
  leb: 9,
  lebPair: 10,
  leb64: 11,
  branchTable: 12,
  /** A function index, which is moved. */
  function: 13,
  memarg: 14,
  bytes4: 15,
  bytes8: 16,
  bytes16: 17,
  typedSelect: 18,
  refNull: 19,
  lane: 20,
  memargLane: 21,
  memoryGrow: 22,
  memoryInit: 23,
  memoryCopy: 24,
  memoryFill: 25,
  /** Charged by its topmost operand, a count of entries; followed by one or two LEB128. */
  tableEntries: 26,
  tableEntriesPair: 27,
  i32Const: 28,
  prefixMisc: 29,
  prefixVector: 30,
} as const;

type Row = readonly [first: number, last: number, form: number];

const table = (size: number, rows: readonly Row[]): Uint8Array => {
  const forms = new Uint8Array(size);
  for (const [first, last, form] of rows) forms.fill(form, first, last + 1);
  return forms;
};

/** By first byte. */
export const FORMS = table(256, [
  [0x00, 0x01, FORM.plain], // unreachable, nop
  [0x02, 0x02, FORM.block],
  [0x03, 0x03, FORM.loop],
  [0x04, 0x04, FORM.block], // if
  [0x05, 0x05, FORM.delimiter], // else
  [0x06, 0x06, FORM.block], // try
  [0x07, 0x07, FORM.catch],
  [0x08, 0x09, FORM.leb], // throw, rethrow
  [0x0a, 0x0a, FORM.plain], // throw_ref
  [0x0b, 0x0b, FORM.end],
  [0x0c, 0x0d, FORM.leb], // br, br_if
  [0x0e, 0x0e, FORM.branchTable],
  [0x0f, 0x0f, FORM.plain], // return
  [0x10, 0x10, FORM.function], // call
  [0x11, 0x11, FORM.lebPair], // call_indirect
  [0x12, 0x12, FORM.function], // return_call
  [0x13, 0x13, FORM.lebPair], // return_call_indirect
  [0x18, 0x18, FORM.delegate],
  [0x19, 0x19, FORM.delimiter], // catch_all
  [0x1a, 0x1b, FORM.plain], // drop, select
  [0x1c, 0x1c, FORM.typedSelect],
  [0x1f, 0x1f, FORM.tryTable],
  [0x20, 0x26, FORM.leb], // local.*, global.*, table.get, table.set
  [0x28, 0x3e, FORM.memarg], // loads and stores
  [0x3f, 0x3f, FORM.leb], // memory.size
  [0x40, 0x40, FORM.memoryGrow],
  [0x41, 0x41, FORM.i32Const],
  [0x42, 0x42, FORM.leb64], // i64.const
  [0x43, 0x43, FORM.bytes4], // f32.const
  [0x44, 0x44, FORM.bytes8], // f64.const
  [0x45, 0xc4, FORM.plain], // numeric, with the sign extensions
  [0xd0, 0xd0, FORM.refNull],
  [0xd1, 0xd1, FORM.plain], // ref.is_null
  [0xd2, 0xd2, FORM.function], // ref.func
  [0xfc, 0xfc, FORM.prefixMisc],
  [0xfd, 0xfd, FORM.prefixVector],
]);

/** After 0xFC. */
export const MISC_FORMS = table(18, [
  [0, 7, FORM.plain], // saturating truncations
  [8, 8, FORM.memoryInit],
  [9, 9, FORM.leb], // data.drop
  [10, 10, FORM.memoryCopy],
  [11, 11, FORM.memoryFill],
  [12, 12, FORM.tableEntriesPair], // table.init
  [13, 13, FORM.leb], // elem.drop
  [14, 14, FORM.tableEntriesPair], // table.copy
  [15, 15, FORM.tableEntries], // table.grow
  [16, 16, FORM.leb], // table.size
  [17, 17, FORM.tableEntries], // table.fill
]);

/** After 0xFD, with the relaxed instructions from 0x100 on. */
export const VECTOR_FORMS = table(0x114, [
  [0, 11, FORM.memarg], // v128.load*, v128.store
  [12, 13, FORM.bytes16], // v128.const, i8x16.shuffle
  [14, 20, FORM.plain], // swizzle, splats
  [21, 34, FORM.lane], // extract_lane, replace_lane
  [35, 83, FORM.plain],
  [84, 91, FORM.memargLane], // v128.load*_lane, v128.store*_lane
  [92, 93, FORM.memarg], // v128.load32_zero, v128.load64_zero
  [94, 0x99, FORM.plain],
  [0x9b, 0xa1, FORM.plain],
  [0xa3, 0xa4, FORM.plain],
  [0xa7, 0xae, FORM.plain],
  [0xb1, 0xb1, FORM.plain],
  [0xb5, 0xba, FORM.plain],
  [0xbc, 0xc1, FORM.plain],
  [0xc3, 0xc4, FORM.plain],
  [0xc7, 0xce, FORM.plain],
  [0xd1, 0xd1, FORM.plain],
  [0xd5, 0xe1, FORM.plain],
  [0xe3, 0xed, FORM.plain],
  [0xef, 0xff, FORM.plain],
  [0x100, 0x113, FORM.plain],
]);

const hex = (value: number) => `0x${value.toString(16).padStart(2, "0")}`;

/** The name of the feature that a refused opcode belongs to. `sub` is what follows a prefix byte. */
export function refusedFeature(opcode: number, sub?: number): string {
  const code = sub === undefined ? hex(opcode) : `${hex(opcode)} ${hex(sub)}`;
  if (opcode === 0x14 || opcode === 0x15 || (opcode >= 0xd4 && opcode <= 0xd6))
    return `typed function references (opcode ${code})`;
  if (opcode === 0xd3 || opcode === 0xfb) return `garbage collection (opcode ${code})`;
  if (opcode === 0xfe) return `shared memory and atomics (opcode ${code})`;
  if (opcode >= 0xe0 && opcode <= 0xe6) return `stack switching (opcode ${code})`;
  return `opcode ${code}`;
}
