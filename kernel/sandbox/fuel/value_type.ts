import { unsupported } from "./error.ts";
import type { ValueType } from "./facts.ts";
import { type Reader, readByte } from "./reader.ts";

const VALUE_TYPES: Readonly<Record<number, ValueType>> = {
  127: "i32",
  126: "i64",
  125: "f32",
  124: "f64",
  123: "v128",
  112: "funcref",
  111: "externref",
  105: "exnref",
};

/** Whether `byte` stands for a value type that is supported. */
export const isValueType = (byte: number): boolean => VALUE_TYPES[byte] !== undefined;

/** The error for a type whose first byte is none of the supported ones. */
export function refusedType(byte: number, offset: number) {
  const code = `0x${byte.toString(16).padStart(2, "0")}`;
  if (byte === 0x63 || byte === 0x64) return unsupported(`typed function references (type ${code})`, offset);
  if (byte >= 0x6a && byte <= 0x74) return unsupported(`garbage collection (type ${code})`, offset);
  if (byte === 0x68 || byte === 0x75) return unsupported(`stack switching (type ${code})`, offset);
  return unsupported(`type ${code}`, offset);
}

export function readValueType(r: Reader): ValueType {
  const offset = r.pos;
  const byte = readByte(r);
  const type = VALUE_TYPES[byte];
  if (type === undefined) throw refusedType(byte, offset);
  return type;
}
