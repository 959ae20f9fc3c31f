const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** The guest's memory as its host functions see it. Views are made anew at each access: memory grows. */
export interface GuestMemory {
  bind(memory: WebAssembly.Memory): void;
  /** Text at a place; `undefined` when the place is outside the memory or the bytes are not UTF-8. */
  text(at: number, length: number): string | undefined;
  /** Copies bytes in; false when the place is outside the memory. */
  put(at: number, bytes: Uint8Array): boolean;
}

export function createGuestMemory(): GuestMemory {
  let memory: WebAssembly.Memory | undefined;
  let view = Buffer.alloc(0);

  const bytes = (): Buffer => {
    if (memory && view.buffer !== memory.buffer) view = Buffer.from(memory.buffer);
    return view;
  };

  return {
    bind(bound) {
      memory = bound;
    },
    text(at, length) {
      const all = bytes();
      const from = at >>> 0;
      const size = length >>> 0;
      if (from + size > all.byteLength) return undefined;
      try {
        return decoder.decode(all.subarray(from, from + size));
      } catch {
        return undefined;
      }
    },
    put(at, source) {
      const all = bytes();
      const from = at >>> 0;
      if (from + source.byteLength > all.byteLength) return false;
      all.set(source, from);
      return true;
    },
  };
}

export const utf8 = (text: string): Uint8Array => encoder.encode(text);
