import { createWriter, type Writer, writeBytes, writeS64, writeSized, writeU32 } from "./writer.ts";

/**
 * The functions that metering adds behind the module's own. `refuel` is always there: it calls the yield
 * import and traps when told to stop. The others are added on first use:
 * - `fill`, `copy`: the memory instruction of that name, in chunks, each charged before it is worked on;
 * - `bytes`, `entries`: charge for a count of bytes or table entries and give the count back;
 * - `pages`: the same for `memory.grow`.
 */
export type InjectedName = "refuel" | "fill" | "copy" | "bytes" | "entries" | "pages";

export interface InjectedContext {
  /** Index of the first injected function. */
  readonly firstFunction: number;
  /** Index of the first of the types in `INJECTED_TYPES`. */
  readonly firstType: number;
  readonly yieldFunction: number;
  readonly fuelGlobal: number;
  readonly memoryMaxPages: number;
  readonly tableMaxEntries: number;
}

export interface Injected {
  /** The index of the function `name`, which is in the module from now on. */
  use(name: InjectedName): number;
  /** Those in the module, in the order of their indices. */
  names(): readonly InjectedName[];
  writeTypeIndices(w: Writer): void;
  writeBodies(w: Writer): void;
}

/** One unit of fuel is charged per so many bytes (as a power of two). */
export const BYTES_PER_FUEL_LOG2 = 6;
const PAGE_FUEL_LOG2 = 16 - BYTES_PER_FUEL_LOG2;
const CHUNK_BYTES = 1 << 20;

const I32 = 0x7f;
const I64 = 0x7e;
const TYPE = { yield: 0, refuel: 1, range: 2, amount: 3 } as const;

/** `() -> i32`, `() -> ()`, `(i32, i32, i32) -> ()`, `(i32) -> i32`, as entries of the type section. */
export const INJECTED_TYPES: readonly (readonly number[])[] = [
  [0x60, 0, 1, I32],
  [0x60, 0, 0],
  [0x60, 3, I32, I32, I32, 0],
  [0x60, 1, I32, 1, I32],
];

type Code = readonly number[];

const leb = (value: number | bigint): Code => {
  const w = createWriter(10);
  writeS64(w, BigInt(value));
  return Array.from(w.bytes.subarray(0, w.length));
};
const index = (value: number): Code => {
  const w = createWriter(5);
  writeU32(w, value);
  return Array.from(w.bytes.subarray(0, w.length));
};

const END: Code = [0x0b];
const RETURN: Code = [0x0f];
const get = (local: number): Code => [0x20, local];
const set = (local: number): Code => [0x21, local];
const tee = (local: number): Code => [0x22, local];
const i32 = (value: number): Code => [0x41, ...leb(value)];
const i64 = (value: number | bigint): Code => [0x42, ...leb(value)];
const call = (fn: number): Code => [0x10, ...index(fn)];
const when = (condition: Code, ...then: readonly Code[]): Code => [
  ...condition,
  0x04,
  0x40,
  ...then.flat(),
  0x0b,
];
const code = (...parts: readonly Code[]): Code => parts.flat();

const I32_ADD: Code = [0x6a];
const I32_SUB: Code = [0x6b];
const I32_LT_U: Code = [0x49];
const I32_LE_U: Code = [0x4d];
const I32_OR: Code = [0x72];
const I64_LT_S: Code = [0x53];
const I64_LT_U: Code = [0x54];
const I64_GT_U: Code = [0x56];
const I64_ADD: Code = [0x7c];
const I64_SUB: Code = [0x7d];
const I64_SHL: Code = [0x86];
const I64_SHR_U: Code = [0x88];
const I64_EXTEND_U: Code = [0xad];
const SELECT: Code = [0x1b];
const MEMORY_SIZE: Code = [0x3f, 0];
const MEMORY_COPY: Code = [0xfc, 10, 0, 0];
const MEMORY_FILL: Code = [0xfc, 11, 0];

const wide = (local: number): Code => code(get(local), I64_EXTEND_U);

/** Charges what `amount` leaves on the stack (i64) and yields when the counter falls below zero. */
function charge(amount: Code, fuelGlobal: number, refuel: number): Code {
  const fuel = index(fuelGlobal);
  return code(
    [0x23, ...fuel],
    amount,
    I64_SUB,
    [0x24, ...fuel],
    when(code([0x23, ...fuel], i64(0), I64_LT_S), call(refuel)),
  );
}

/** Whether `count` bytes from `start` on (locals) reach beyond the memory. */
const outside = (start: number, count: number): Code =>
  code(wide(start), wide(count), I64_ADD, MEMORY_SIZE, I64_EXTEND_U, i64(16), I64_SHL, I64_GT_U);

/** `(dst, value or src, count)`, all i32; local 3 is the size of the next chunk. */
const DST = 0;
const SRC = 1;
const COUNT = 2;
const CHUNK = 3;

function chunked(reachesOutside: Code, native: Code, chargeChunk: Code, step: Code): Code {
  // What is small is free, and what reaches outside must trap as the instruction itself does.
  const small = code(get(COUNT), i32(1 << BYTES_PER_FUEL_LOG2), I32_LT_U);
  return code(
    [1, 1, I32],
    when(small, native, RETURN),
    when(reachesOutside, native, RETURN),
    [0x03, 0x40],
    code(get(COUNT), i32(CHUNK_BYTES), get(COUNT), i32(CHUNK_BYTES), I32_LT_U, SELECT, set(CHUNK)),
    chargeChunk,
    step,
    [...get(COUNT), 0x0d, 0],
    END,
    END,
  );
}

function body(name: InjectedName, context: InjectedContext): Code {
  const refuel = context.firstFunction;
  const pay = (amount: Code) => charge(amount, context.fuelGlobal, refuel);
  const chunkFuel = pay(code(wide(CHUNK), i64(BYTES_PER_FUEL_LOG2), I64_SHR_U));
  const advance = (local: number) => code(get(local), get(CHUNK), I32_ADD, set(local));
  const shrink = code(get(COUNT), get(CHUNK), I32_SUB, set(COUNT));
  const capped = (shift: number, cap: number) =>
    code(
      [1, 1, I64],
      pay(code(wide(0), i64(shift), I64_SHR_U, tee(1), i64(cap), get(1), i64(cap), I64_LT_U, SELECT)),
      get(0),
      END,
    );
  switch (name) {
    case "refuel":
      return code([0], when(call(context.yieldFunction), [0x00]), END);
    case "fill":
      return chunked(
        outside(DST, COUNT),
        code(get(DST), get(SRC), get(COUNT), MEMORY_FILL),
        chunkFuel,
        code(get(DST), get(SRC), get(CHUNK), MEMORY_FILL, advance(DST), shrink),
      );
    case "copy":
      return chunked(
        code(outside(DST, COUNT), outside(SRC, COUNT), I32_OR),
        code(get(DST), get(SRC), get(COUNT), MEMORY_COPY),
        chunkFuel,
        // An overlapping move upwards is done from its end, so that no chunk overwrites what is still to move.
        code(
          get(DST),
          get(SRC),
          I32_LE_U,
          [0x04, 0x40],
          code(get(DST), get(SRC), get(CHUNK), MEMORY_COPY, advance(DST), advance(SRC), shrink),
          [0x05],
          shrink,
          code(get(DST), get(COUNT), I32_ADD, get(SRC), get(COUNT), I32_ADD, get(CHUNK), MEMORY_COPY),
          END,
        ),
      );
    case "bytes":
      return capped(BYTES_PER_FUEL_LOG2, context.memoryMaxPages << PAGE_FUEL_LOG2);
    case "entries":
      return capped(0, context.tableMaxEntries);
    case "pages":
      return code(
        [0],
        when(
          code(wide(0), MEMORY_SIZE, I64_EXTEND_U, I64_ADD, i64(context.memoryMaxPages), I64_GT_U),
          get(0),
          RETURN,
        ),
        pay(code(wide(0), i64(PAGE_FUEL_LOG2), I64_SHL)),
        get(0),
        END,
      );
  }
}

const typeOf = (name: InjectedName): number => {
  if (name === "refuel") return TYPE.refuel;
  return name === "fill" || name === "copy" ? TYPE.range : TYPE.amount;
};

export function createInjected(context: InjectedContext): Injected {
  const names: InjectedName[] = ["refuel"];
  return {
    use(name) {
      const known = names.indexOf(name);
      return context.firstFunction + (known >= 0 ? known : names.push(name) - 1);
    },
    names: () => names,
    writeTypeIndices(w) {
      for (const name of names) writeU32(w, context.firstType + typeOf(name));
    },
    writeBodies(w) {
      for (const name of names) {
        const content = createWriter(256);
        writeBytes(content, body(name, context));
        writeSized(w, content);
      }
    },
  };
}
