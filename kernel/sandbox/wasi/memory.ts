import { errno, fail } from "./errno.ts";

/**
 * The guest's linear memory. Addresses and lengths are unsigned; each access is checked against the memory as it is now
 * and fails with EFAULT outside it. Views are renewed after growth, so nothing here may be kept across a wait.
 */
export interface GuestMemory {
  bind(memory: WebAssembly.Memory): void;
  /** Fails with EFAULT unless all of the range can be used. Done before any effect, so that no effect is half-reported. */
  check(address: number, length: number): void;
  readU8(address: number): number;
  readU16(address: number): number;
  readU32(address: number): number;
  readU64(address: number): bigint;
  writeU8(address: number, value: number): void;
  writeU16(address: number, value: number): void;
  writeU32(address: number, value: number): void;
  writeU64(address: number, value: bigint): void;
  /** A copy, which the guest cannot change afterwards. */
  read(address: number, length: number): Uint8Array<ArrayBuffer>;
  write(address: number, data: Uint8Array): void;
  /** Copies a range into `target` at `offset`. */
  readInto(target: Uint8Array, offset: number, address: number, length: number): void;
  clear(address: number, length: number): void;
}

export function createGuestMemory(): GuestMemory {
  let memory: WebAssembly.Memory | undefined;
  let bytes = new Uint8Array(0);
  let view = new DataView(bytes.buffer);

  function check(address: number, length: number): void {
    if (memory !== undefined && memory.buffer !== bytes.buffer) {
      bytes = new Uint8Array(memory.buffer);
      view = new DataView(memory.buffer);
    }
    if (address + length > bytes.byteLength) fail(errno.fault);
  }

  return {
    bind(bound) {
      memory = bound;
    },
    check,
    readU8(address) {
      check(address, 1);
      return view.getUint8(address);
    },
    readU16(address) {
      check(address, 2);
      return view.getUint16(address, true);
    },
    readU32(address) {
      check(address, 4);
      return view.getUint32(address, true);
    },
    readU64(address) {
      check(address, 8);
      return view.getBigUint64(address, true);
    },
    writeU8(address, value) {
      check(address, 1);
      view.setUint8(address, value);
    },
    writeU16(address, value) {
      check(address, 2);
      view.setUint16(address, value, true);
    },
    writeU32(address, value) {
      check(address, 4);
      view.setUint32(address, value, true);
    },
    writeU64(address, value) {
      check(address, 8);
      view.setBigUint64(address, value, true);
    },
    read(address, length) {
      check(address, length);
      const copy = new Uint8Array(length);
      copy.set(bytes.subarray(address, address + length));
      return copy;
    },
    write(address, data) {
      check(address, data.byteLength);
      bytes.set(data, address);
    },
    readInto(target, offset, address, length) {
      check(address, length);
      target.set(bytes.subarray(address, address + length), offset);
    },
    clear(address, length) {
      check(address, length);
      bytes.fill(0, address, address + length);
    },
  };
}
