/** What all instances of a sandbox process hold together, with an upper bound. */
export interface MemoryPool {
  change(bytes: number): void;
  full(): boolean;
  used(): number;
}

export function createMemoryPool(maxBytes: number): MemoryPool {
  let used = 0;
  return {
    change(bytes) {
      used += bytes;
    },
    full: () => used > maxBytes,
    used: () => used,
  };
}
