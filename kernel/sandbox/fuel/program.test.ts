import fc from "fast-check";
import { expect, test } from "vitest";
import { type Call, type Run, run, wat } from "./fixture.ts";
import { interpret, type Outcome, type Program, programs, TooLong, toText } from "./program.fixture.ts";

const outcome = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return "trap";
    if (error instanceof (WebAssembly as unknown as { Exception: new () => Error }).Exception)
      return "thrown";
    throw error;
  }
};

const memoryOf = (exports: Record<string, unknown>) =>
  new Uint8Array((exports.memory as WebAssembly.Memory).buffer);

const argument = fc.integer({ min: -5, max: 100 });

/** What is seen of running programs, to be sure that the arbitrary ones are worth running. */
const seen = new Map<unknown, number>();

/** What the interpreter says, for programs that end soon enough. */
function expectation(program: Program, argument: number): Outcome {
  try {
    return interpret(program, argument);
  } catch (error) {
    fc.pre(!(error instanceof TooLong));
    throw error;
  }
}

function check(program: Program, argument: number): void {
  const expected = expectation(program, argument);
  const wasm = wat(toText(program));
  const bare = new WebAssembly.Instance(new WebAssembly.Module(wasm)).exports;
  expect(outcome(() => (bare.f as Call)(argument))).toBe(expected.result);
  const metered = run(wasm);
  let result: unknown;
  const used = metered.used(() => {
    result = outcome(() => metered.call("f", argument));
  });
  expect(result).toBe(expected.result);
  expect(used).toBe(expected.fuel);
  expect(Buffer.compare(memoryOf(metered.exports), expected.memory)).toBe(0);
  const kind = typeof result === "number" ? "number" : result;
  seen.set(kind, (seen.get(kind) ?? 0) + 1);
}

test("any program gives the same with and without metering, and uses what the interpreter counts", () => {
  fc.assert(fc.property(programs, argument, check), { numRuns: 500 });
  for (const kind of ["number", "trap", "thrown"]) expect(seen.get(kind), String(kind)).toBeGreaterThan(20);
});

test("any program that is sliced thinly gives the same, and is stopped where its fuel ends", () => {
  fc.assert(
    fc.property(programs, argument, fc.integer({ min: 0, max: 40 }), (program, argument, slice) => {
      const expected = expectation(program, argument);
      const wasm = wat(toText(program));
      const sliced: Run = run(wasm, () => {
        sliced.fuel.value = BigInt(slice);
        return 0;
      });
      sliced.fuel.value = 0n;
      expect(outcome(() => sliced.call("f", argument))).toBe(expected.result);
      const stopped = run(wasm, () => 1);
      stopped.fuel.value = BigInt(expected.fuel);
      expect(outcome(() => stopped.call("f", argument))).toBe(expected.result);
      if (expected.fuel > 0) {
        stopped.fuel.value = BigInt(expected.fuel) - 1n;
        memoryOf(stopped.exports).fill(0);
        expect(outcome(() => stopped.call("f", argument))).toBe("trap");
        expect(stopped.fuel.value).toBe(-1n);
      }
    }),
    { numRuns: 100 },
  );
});
