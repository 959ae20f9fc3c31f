import type { DescriptorTable } from "./descriptors.ts";
import { type Errno, fail } from "./errno.ts";
import type { WasiLimits } from "./limits.ts";
import type { GuestMemory } from "./memory.ts";

/** What the functions of one guest share. */
export interface Host {
  readonly memory: GuestMemory;
  readonly table: DescriptorTable;
  readonly limits: WasiLimits;
}

/**
 * Imports by name. Arguments are as the guest gave them, 32-bit ones made unsigned; a function returns its error number or
 * fails with one.
 */
export interface WasiFunctions {
  /** Those that never wait. */
  readonly immediate?: Readonly<Record<string, (...args: never[]) => Errno>>;
  /** Those that may answer with a promise, and so must be able to suspend the guest. */
  readonly waiting?: Readonly<Record<string, (...args: never[]) => Errno | Promise<Errno>>>;
}

/** A 64-bit unsigned offset or size as a number; one beyond 2^53 - 1 fails with `tooLarge`. */
export function fileOffset(value: bigint, tooLarge: Errno): number {
  const offset = BigInt.asUintN(64, value);
  return offset > BigInt(Number.MAX_SAFE_INTEGER) ? fail(tooLarge) : Number(offset);
}
