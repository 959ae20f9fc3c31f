import { unsupported } from "./error.ts";
import { FORM, FORMS, refusedFeature } from "./opcodes.ts";
import { type Reader, readByte, readU32, skip, skipLeb } from "./reader.ts";
import { readValueType } from "./value_type.ts";
import { type Writer, writeRange, writeU32 } from "./writer.ts";

/** Copies a constant expression with its `end`, moving the functions it names. */
export function copyConstantExpression(r: Reader, w: Writer, moveFunction: (index: number) => number): void {
  let copied = r.pos;
  for (;;) {
    const offset = r.pos;
    const opcode = readByte(r);
    switch (FORMS[opcode]) {
      case FORM.end:
        writeRange(w, r.bytes, copied, r.pos);
        return;
      case FORM.i32Const:
      case FORM.leb:
        skipLeb(r, 5);
        break;
      case FORM.leb64:
        skipLeb(r, 10);
        break;
      case FORM.bytes4:
        skip(r, 4);
        break;
      case FORM.bytes8:
        skip(r, 8);
        break;
      case FORM.plain:
        break;
      case FORM.refNull:
        readValueType(r);
        break;
      case FORM.function:
        writeRange(w, r.bytes, copied, r.pos);
        writeU32(w, moveFunction(readU32(r)));
        copied = r.pos;
        break;
      case FORM.prefixVector: {
        const sub = readU32(r);
        if (sub !== 12) throw unsupported(refusedFeature(opcode, sub), offset);
        skip(r, 16);
        break;
      }
      default:
        throw unsupported(`${refusedFeature(opcode)} in a constant expression`, offset);
    }
  }
}
