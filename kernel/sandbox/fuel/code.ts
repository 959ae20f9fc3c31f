import type { BranchHints } from "./branch_hints.ts";
import { invalid, overLimit, unsupported } from "./error.ts";
import { BYTES_PER_FUEL_LOG2, type Injected } from "./injected.ts";
import { FORM, FORMS, MISC_FORMS, refusedFeature, VECTOR_FORMS } from "./opcodes.ts";
import type { MeterLimits } from "./options.ts";
import { type Reader, readByte, readU32, skip, skipLeb } from "./reader.ts";
import { isValueType, readValueType, refusedType } from "./value_type.ts";
import {
  createWriter,
  patchPadded,
  reserve,
  type Writer,
  writeBytes,
  writeRange,
  writeU32,
  written,
} from "./writer.ts";

export interface CodeContext {
  /** Functions from this index on have moved up by one, for the yield import. */
  readonly importedFunctions: number;
  readonly fuelGlobal: number;
  readonly injected: Injected;
  readonly hints: BranchHints;
  readonly limits: MeterLimits;
  readonly regionChargeMax: number;
}

/** Width of a charge in bytes: it is known only at the end of its region, and is written then. */
const CHARGE_BYTES = 4;
const SIZE_BYTES = 5;
/** The engine takes no longer function than this (V8's own limit). */
const FUNCTION_SIZE_CEILING = 7_654_321;
/** A module of nothing but short loops grows to nine times its size: this is as far as it may go. */
const METERED_CODE_CEILING = 256 << 20;

/** From here on the one byte of an `i32.const` stands for a negative number. */
const SHORT_CONSTANT_LIMIT = 1 << BYTES_PER_FUEL_LOG2;

interface Charge {
  readonly bytes: Uint8Array;
  /** Where in `bytes` the amount is written. */
  readonly amountAt: number;
  /** Where in `bytes` the branch to the slow path is. */
  readonly branchAt: number;
}

/** `fuel -= amount; if (fuel < 0) refuel()`. */
function chargeSequence(fuelGlobal: number, refuel: number): Charge {
  const w = createWriter(40);
  writeBytes(w, [0x23]);
  writeU32(w, fuelGlobal);
  const amountAt = w.length + 1;
  writeBytes(w, [0x42, 0x80, 0x80, 0x80, 0x00, 0x7d, 0x24]);
  writeU32(w, fuelGlobal);
  writeBytes(w, [0x23]);
  writeU32(w, fuelGlobal);
  writeBytes(w, [0x42, 0x00, 0x53]);
  const branchAt = w.length;
  writeBytes(w, [0x04, 0x40, 0x10]);
  writeU32(w, refuel);
  writeBytes(w, [0x0b]);
  return { bytes: written(w), amountAt, branchAt };
}

/** Rewrites one function body after another; it keeps the stacks that they share. */
export function createBodyMeter(context: CodeContext) {
  const { importedFunctions, injected, hints, limits, regionChargeMax } = context;
  const charge = chargeSequence(context.fuelGlobal, injected.use("refuel"));
  const chargeLength = charge.bytes.length;
  /** For each open block: 0, or for a loop 1. */
  const isLoop = new Uint8Array(limits.nestingDepth + 2);
  /** For each region that is interrupted by an inner loop: its cost so far, and where its charge stands. */
  const outerCost: number[] = [];
  const outerChargeAt: number[] = [];

  let bodyAt = 0;
  let nextFunction = importedFunctions + 1;

  /** Appends a charge and gives the place of its amount. */
  function writeCharge(w: Writer): number {
    reserve(w, chargeLength);
    const at = w.length;
    for (let i = 0; i < chargeLength; i++) w.bytes[at + i] = charge.bytes[i]!;
    w.length += chargeLength;
    hints.unlikely(at + charge.branchAt - bodyAt);
    return at + charge.amountAt;
  }

  function writeCall(w: Writer, fn: number): void {
    reserve(w, 6);
    w.bytes[w.length++] = 0x10;
    writeU32(w, fn);
  }

  function skipBlockType(r: Reader): void {
    const offset = r.pos;
    const first = r.bytes[offset]!;
    if (first === 0x40 || isValueType(first)) r.pos++;
    else if (first >= 0x40 && first < 0x80) throw refusedType(first, offset);
    else skipLeb(r, 5);
  }

  function skipMemarg(r: Reader): void {
    const offset = r.pos;
    // Nearly all alignments and most offsets are a single byte.
    if (r.bytes[offset]! < 0x40 && r.bytes[offset + 1]! < 0x80) {
      r.pos = offset + 2;
      return;
    }
    if (readU32(r) & 0x40) throw unsupported("more than one memory", offset);
    skipLeb(r, 10);
  }

  function skipCatches(r: Reader): void {
    for (let left = readU32(r); left > 0; left--) {
      if (readByte(r) < 2) skipLeb(r, 5);
      skipLeb(r, 5);
    }
  }

  function skipLocals(r: Reader): void {
    let declared = 0;
    for (let groups = readU32(r); groups > 0; groups--) {
      const offset = r.pos;
      declared += readU32(r);
      readValueType(r);
      if (declared > limits.locals) throw overLimit("locals of a function", declared, limits.locals, offset);
    }
  }

  /** Rewrites the body that `r` is, without its size, to the end of `w`. */
  function writeBody(r: Reader, w: Writer): void {
    const bytes = r.bytes;
    const end = r.end;
    let copied = r.pos;
    skipLocals(r);
    writeRange(w, bytes, copied, r.pos);
    copied = r.pos;
    let chargeAt = writeCharge(w);
    let cost = 0;
    let depth = 0;
    isLoop[0] = 0;
    // Whether the last instruction pushed a constant of one byte, below 64: a fill or copy of that size is free.
    let afterShortConstant = false;

    while (r.pos < end) {
      const offset = r.pos;
      const opcode = bytes[r.pos++]!;
      const isShort = afterShortConstant;
      afterShortConstant = false;
      cost++;
      let form = FORMS[opcode]!;
      if (form === FORM.prefixMisc || form === FORM.prefixVector) {
        const sub = readU32(r);
        form = (form === FORM.prefixMisc ? MISC_FORMS[sub] : VECTOR_FORMS[sub]) ?? FORM.refused;
        if (form === FORM.refused) throw unsupported(refusedFeature(opcode, sub), offset);
      }
      switch (form) {
        case FORM.plain:
          break;
        case FORM.leb:
          if (bytes[r.pos++]! >= 0x80) skipLeb(r, 4);
          break;
        case FORM.i32Const: {
          const first = bytes[r.pos++]!;
          if (first >= 0x80) skipLeb(r, 4);
          else afterShortConstant = first < SHORT_CONSTANT_LIMIT;
          break;
        }
        case FORM.memarg:
          skipMemarg(r);
          break;
        case FORM.function: {
          const at = r.pos;
          const fn = readU32(r);
          if (fn < importedFunctions) break;
          writeRange(w, bytes, copied, at);
          writeU32(w, fn + 1);
          copied = r.pos;
          break;
        }
        case FORM.block:
        case FORM.tryTable:
          skipBlockType(r);
          if (form === FORM.tryTable) skipCatches(r);
          if (++depth > limits.nestingDepth)
            throw overLimit("nested blocks", depth, limits.nestingDepth, offset);
          isLoop[depth] = 0;
          break;
        case FORM.loop:
          skipBlockType(r);
          if (++depth > limits.nestingDepth)
            throw overLimit("nested blocks", depth, limits.nestingDepth, offset);
          isLoop[depth] = 1;
          writeRange(w, bytes, copied, r.pos);
          copied = r.pos;
          outerCost.push(cost);
          outerChargeAt.push(chargeAt);
          cost = 0;
          chargeAt = writeCharge(w);
          break;
        case FORM.delegate:
        case FORM.end:
          if (form === FORM.delegate) skipLeb(r, 5);
          cost--;
          if (isLoop[depth] === 1) {
            patchPadded(w, chargeAt, Math.min(cost, regionChargeMax), CHARGE_BYTES);
            cost = outerCost.pop()!;
            chargeAt = outerChargeAt.pop()!;
          }
          depth--;
          break;
        case FORM.catch:
          skipLeb(r, 5);
          cost--;
          break;
        case FORM.delimiter:
          cost--;
          break;
        case FORM.branchTable:
          for (let left = readU32(r); left >= 0 && r.pos < end; left--)
            if (bytes[r.pos++]! >= 0x80) skipLeb(r, 4);
          break;
        case FORM.lebPair:
          skipLeb(r, 5);
          skipLeb(r, 5);
          break;
        case FORM.leb64:
          skipLeb(r, 10);
          break;
        case FORM.bytes4:
          r.pos += 4;
          break;
        case FORM.bytes8:
          r.pos += 8;
          break;
        case FORM.bytes16:
          r.pos += 16;
          break;
        case FORM.lane:
          r.pos++;
          break;
        case FORM.memargLane:
          skipMemarg(r);
          r.pos++;
          break;
        case FORM.typedSelect:
          for (let left = readU32(r); left > 0; left--) readValueType(r);
          break;
        case FORM.refNull: {
          const first = bytes[r.pos]!;
          if (first < 0x40) throw unsupported("typed function references (ref.null of an index)", r.pos);
          readValueType(r);
          break;
        }
        case FORM.memoryCopy:
        case FORM.memoryFill:
          r.pos += form === FORM.memoryCopy ? 2 : 1;
          if (isShort) break;
          writeRange(w, bytes, copied, offset);
          writeCall(w, injected.use(form === FORM.memoryCopy ? "copy" : "fill"));
          copied = r.pos;
          break;
        case FORM.memoryInit:
        case FORM.memoryGrow:
        case FORM.tableEntries:
        case FORM.tableEntriesPair:
          skipLeb(r, 5);
          if (form === FORM.memoryInit || form === FORM.tableEntriesPair) skipLeb(r, 5);
          writeRange(w, bytes, copied, offset);
          writeCall(
            w,
            injected.use(form === FORM.memoryInit ? "bytes" : form === FORM.memoryGrow ? "pages" : "entries"),
          );
          copied = offset;
          break;
        default:
          throw unsupported(refusedFeature(opcode), offset);
      }
    }
    if (r.pos !== end || depth !== -1) throw invalid("function body is not well formed", r.pos);
    writeRange(w, bytes, copied, end);
    patchPadded(w, chargeAt, Math.min(cost, regionChargeMax), CHARGE_BYTES);
  }

  /** Rewrites the next function of the code section, size and body. */
  return function meterFunction(section: Reader, w: Writer): void {
    const size = readU32(section);
    const offset = section.pos;
    skip(section, size);
    reserve(w, SIZE_BYTES);
    const sizeAt = w.length;
    w.length += SIZE_BYTES;
    bodyAt = w.length;
    writeBody({ bytes: section.bytes, pos: offset, end: offset + size }, w);
    hints.endFunction(nextFunction++);
    const metered = w.length - bodyAt;
    if (metered > FUNCTION_SIZE_CEILING)
      throw overLimit("size of a metered function in bytes", metered, FUNCTION_SIZE_CEILING, offset);
    if (w.length > METERED_CODE_CEILING)
      throw overLimit("size of the metered code in bytes", w.length, METERED_CODE_CEILING, offset);
    patchPadded(w, sizeAt, metered, SIZE_BYTES);
  };
}
