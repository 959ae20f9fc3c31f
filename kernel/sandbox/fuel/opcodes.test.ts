import { expect, test } from "vitest";
import { MeterError, meter } from "./index.ts";
import { FORM, FORMS, MISC_FORMS, VECTOR_FORMS } from "./opcodes.ts";

/** A module with a function, memory, table, tag, segments and one function body. */
function moduleWith(body: readonly number[], exceptions: boolean): Uint8Array<ArrayBuffer> {
  const code = [0x01, 0x01, 0x7f, ...body, 0x0b];
  const section = (id: number, ...content: number[]) => [id, content.length, ...content];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, 1, 0x60, 0, 0),
    ...section(3, 1, 0),
    ...section(4, 1, 0x70, 0, 1),
    ...section(5, 1, 0, 1),
    ...(exceptions ? section(13, 1, 0, 0) : []),
    ...section(6, 1, 0x7f, 1, 0x41, 0, 0x0b),
    ...section(9, 1, 0x03, 0x00, 1, 0),
    ...section(12, 1),
    ...section(10, 1, code.length, ...code),
    ...section(11, 1, 1, 0),
  ]);
}

const IMMEDIATE: Partial<Record<number, readonly number[]>> = {
  [FORM.block]: [0x40, 0x0b],
  [FORM.loop]: [0x40, 0x0b],
  [FORM.tryTable]: [0x40, 1, 2, 0, 0x0b],
  [FORM.leb]: [0],
  [FORM.lebPair]: [0, 0],
  [FORM.leb64]: [0x80, 0],
  [FORM.branchTable]: [2, 0, 0, 0],
  [FORM.function]: [0],
  [FORM.memarg]: [0, 0],
  [FORM.bytes4]: [0, 0, 0, 0],
  [FORM.bytes8]: new Array<number>(8).fill(0),
  [FORM.bytes16]: new Array<number>(16).fill(0),
  [FORM.typedSelect]: [1, 0x7f],
  [FORM.refNull]: [0x70],
  [FORM.lane]: [0],
  [FORM.memargLane]: [0, 0, 0],
  [FORM.memoryGrow]: [0],
  [FORM.memoryInit]: [0, 0],
  [FORM.memoryCopy]: [0, 0],
  [FORM.memoryFill]: [0],
  [FORM.tableEntries]: [0],
  [FORM.tableEntriesPair]: [0, 0],
  [FORM.i32Const]: [0],
};

/** `opcode` with its immediates and, where it has any, what must stand around it. */
function instruction(opcode: readonly number[], form: number): readonly number[] {
  if (opcode[0] === 0x05) return [0x04, 0x40, 0x05, 0x0b];
  if (opcode[0] === 0x07) return [0x06, 0x40, 0x07, 0, 0x0b];
  if (opcode[0] === 0x19) return [0x06, 0x40, 0x19, 0x0b];
  if (opcode[0] === 0x18) return [0x06, 0x40, 0x18, 0];
  if (opcode[0] === 0x09) return [0x06, 0x40, 0x19, 0x09, 0, 0x0b];
  if (opcode[0] === 0x06) return [0x06, 0x40, 0x19, 0x0b];
  // A memory access must not claim a larger alignment than its width; 2 ** 0 fits all.
  return [...opcode, ...(IMMEDIATE[form] ?? [])];
}

const uleb = (value: number) => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, value >> 7]);

const all = [
  ...Array.from(FORMS, (form, code) => ({ opcode: [code], form })),
  ...Array.from(MISC_FORMS, (form, code) => ({ opcode: [0xfc, ...uleb(code)], form })),
  ...Array.from(VECTOR_FORMS, (form, code) => ({ opcode: [0xfd, ...uleb(code)], form })),
].filter(({ form }) => form !== FORM.prefixMisc && form !== FORM.prefixVector && form !== FORM.end);

const name = (opcode: readonly number[]) =>
  opcode.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");

test("every opcode that is supported is one the engine knows, and is metered", () => {
  let metered = 0;
  for (const { opcode, form } of all) {
    if (form === FORM.refused) continue;
    const exceptions = [0x07, 0x08, 0x1f].includes(opcode[0]!);
    const wasm = moduleWith([0x00, ...instruction(opcode, form), 0x00], exceptions);
    expect(WebAssembly.validate(wasm), name(opcode)).toBe(true);
    expect(WebAssembly.validate(meter(wasm, { memoryMaxPages: 1 }).bytes), name(opcode)).toBe(true);
    metered++;
  }
  expect(metered).toBe(466);
});

test("every opcode that is refused is named with its hex code", () => {
  for (const { opcode, form } of all) {
    if (form !== FORM.refused) continue;
    const wasm = moduleWith([0x00, ...opcode, 0x00, 0x00, 0x00], false);
    const refused = () => meter(wasm, { memoryMaxPages: 1 });
    expect(refused, name(opcode)).toThrow(MeterError);
    expect(refused, name(opcode)).toThrow(new RegExp(`0x${opcode[0]!.toString(16).padStart(2, "0")}`));
  }
});

test("no vector or miscellaneous opcode that the engine knows is missing", () => {
  const missing: string[] = [];
  for (const [prefix, forms, last] of [
    [0xfc, MISC_FORMS, 30],
    [0xfd, VECTOR_FORMS, 0x180],
  ] as const) {
    for (let code = 0; code <= last; code++) {
      if (forms[code]) continue;
      const known = Object.values(FORM).some((form) =>
        WebAssembly.validate(moduleWith([0x00, ...instruction([prefix, ...uleb(code)], form), 0x00], false)),
      );
      if (known) missing.push(name([prefix, code]));
    }
  }
  expect(missing).toEqual([]);
});
