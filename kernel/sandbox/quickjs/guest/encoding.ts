import { defineGlobals } from "./intrinsics.ts";
import { native } from "./native.ts";

class Utf8Encoder {
  readonly encoding = "utf-8";

  encode(text: unknown = ""): Uint8Array {
    return native.encode(String(text).toWellFormed());
  }

  encodeInto(text: string, target: Uint8Array): { read: number; written: number } {
    let read = 0;
    let written = 0;
    for (const character of text) {
      const bytes = this.encode(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += character.length;
    }
    return { read, written };
  }
}

const LABELS = ["utf-8", "utf8", "unicode-1-1-utf-8"];

class Utf8Decoder {
  readonly encoding = "utf-8";
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  /** The beginning of a character whose rest comes with the next piece of a stream. */
  #held: Uint8Array = new Uint8Array(0);
  #begun = false;

  constructor(label = "utf-8", options: { readonly fatal?: boolean; readonly ignoreBOM?: boolean } = {}) {
    if (!LABELS.includes(String(label).trim().toLowerCase())) {
      throw new RangeError(`"${label}" is not supported: TextDecoder reads UTF-8`);
    }
    this.fatal = Boolean(options.fatal);
    this.ignoreBOM = Boolean(options.ignoreBOM);
  }

  decode(input?: ArrayBuffer | ArrayBufferView, options: { readonly stream?: boolean } = {}): string {
    const piece = bytesOf(input);
    const bytes = new Uint8Array(this.#held.length + piece.length);
    bytes.set(this.#held);
    bytes.set(piece, this.#held.length);
    const complete = options.stream ? bytes.length - unfinished(bytes) : bytes.length;
    const keepMark = this.ignoreBOM || this.#begun;
    this.#held = bytes.slice(complete);
    this.#begun = Boolean(options.stream) && (this.#begun || complete > 0);
    const text = native.decode(bytes.slice(0, complete), (this.fatal ? 1 : 0) | (keepMark ? 2 : 0));
    if (text === undefined) throw new TypeError("the bytes are not valid UTF-8");
    return text;
  }
}

function bytesOf(input: ArrayBuffer | ArrayBufferView | undefined): Uint8Array {
  if (input === undefined) return new Uint8Array(0);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  return new Uint8Array(input);
}

/** How many bytes at the end begin a character without finishing it: 0 to 3. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

defineGlobals({ TextEncoder: Utf8Encoder, TextDecoder: Utf8Decoder });
