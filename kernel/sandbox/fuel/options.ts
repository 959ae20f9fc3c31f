/** Upper bounds on what a module may hold; each has a default. Counts include imports. */
export interface MeterLimits {
  /** Size of the whole input in bytes. */
  readonly moduleSize: number;
  /** Size of the code section in bytes; 128 MiB is the most that can be asked for. */
  readonly codeSize: number;
  readonly types: number;
  readonly imports: number;
  readonly exports: number;
  readonly functions: number;
  readonly tables: number;
  readonly globals: number;
  readonly tags: number;
  readonly elementSegments: number;
  readonly dataSegments: number;
  readonly customSections: number;
  /** Declared locals of one function, without its parameters. */
  readonly locals: number;
  /** Open blocks at one place of a function. */
  readonly nestingDepth: number;
}

export interface MeterOptions {
  /** The granted maximum in pages of 64 KiB, written into the memory's type whether it declares one or not. */
  readonly memoryMaxPages: number;
  /** The most entries a table may have, written into each table's type. Default 1,000,000. */
  readonly tableMaxEntries?: number;
  /**
   * What the counter holds when the instance is made, default 0. A start function runs before the host can
   * reach the counter, and cannot be suspended: it has this much.
   */
  readonly initialFuel?: bigint;
  /**
   * The most that one region is charged, whatever its size; no bound by default. For a trusted interpreter, whose one
   * huge loop would otherwise pay for all of its cases at each step. The bound on instructions then no longer holds.
   */
  readonly regionChargeMax?: number;
  readonly limits?: Partial<MeterLimits>;
}

export const DEFAULT_TABLE_MAX_ENTRIES = 1_000_000;

/** A charge is a four-byte LEB128 (27 bits), so no function may hold more instructions than that. */
export const CODE_SIZE_CEILING = 1 << 27;

export const DEFAULT_LIMITS: MeterLimits = {
  moduleSize: 128 << 20,
  codeSize: 64 << 20,
  types: 100_000,
  imports: 10_000,
  exports: 50_000,
  functions: 500_000,
  tables: 16,
  globals: 100_000,
  tags: 10_000,
  elementSegments: 100_000,
  dataSegments: 100_000,
  customSections: 1_000,
  locals: 50_000,
  nestingDepth: 50_000,
};
