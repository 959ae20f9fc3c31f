import { defineGlobals } from "./intrinsics.ts";
import { native } from "./native.ts";

// The engine's own generator would repeat in every guest that starts from the same snapshot.
Object.defineProperty(Math, "random", {
  value: function random() {
    return native.random();
  },
  writable: true,
  configurable: true,
});

const HEX = "0123456789abcdef";
const isView = ArrayBuffer.isView;
const Bytes = Uint8Array;

function getRandomValues<T>(array: T): T {
  if (
    !isView(array) ||
    array instanceof DataView ||
    array instanceof Float32Array ||
    array instanceof Float64Array
  ) {
    throw new DOMException("getRandomValues fills integer typed arrays", "TypeMismatchError");
  }
  if (array.byteLength > 65_536) {
    throw new DOMException("getRandomValues gives 65536 bytes at most", "QuotaExceededError");
  }
  new Bytes(array.buffer, array.byteOffset, array.byteLength).set(native.randomBytes(array.byteLength));
  return array;
}

/** A version 4 UUID (RFC 9562). */
function randomUUID(): string {
  const bytes = native.randomBytes(16);
  let text = "";
  for (let index = 0; index < 16; index++) {
    let byte = bytes[index]!;
    if (index === 6) byte = (byte & 0x0f) | 0x40;
    if (index === 8) byte = (byte & 0x3f) | 0x80;
    if (index === 4 || index === 6 || index === 8 || index === 10) text += "-";
    text += HEX[byte >> 4]! + HEX[byte & 15]!;
  }
  return text;
}

defineGlobals({ crypto: { getRandomValues, randomUUID } });
