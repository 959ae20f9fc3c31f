import { readFileSync } from "node:fs";
import asc from "assemblyscript/asc";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wat } from "./fixture.ts";
import { MeterError, meter } from "./index.ts";
import { DEFAULT_LIMITS } from "./options.ts";
import { rewrite } from "./rewrite.ts";

const OPTIONS = { memoryMaxPages: 1024 };
const PATIENCE_CPU_MS = 2000;

/** Processor time of this process, which other work on the machine does not stretch. */
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Meters `wasm`, or is refused, in good time; nothing but a `MeterError` may come out. */
function survive(wasm: Uint8Array): "metered" | MeterError["code"] {
  const start = cpuMs();
  let end: "metered" | MeterError["code"] = "metered";
  try {
    meter(wasm, OPTIONS);
  } catch (error) {
    if (!(error instanceof MeterError)) throw error;
    end = error.code;
  }
  // The rewriter by itself, without the engine's validation before it, must stand what it is given too.
  try {
    rewrite(wasm as Uint8Array<ArrayBuffer>, OPTIONS, DEFAULT_LIMITS);
  } catch (error) {
    if (!(error instanceof MeterError)) throw error;
  }
  expect(cpuMs() - start).toBeLessThan(PATIENCE_CPU_MS);
  return end;
}

const uleb = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
};

const concat = (...parts: readonly (readonly number[] | Uint8Array)[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const section = (id: number, content: Uint8Array) => concat([id], uleb(content.length), content);

/** A module of one function `() -> ()` with this body: locals and code. */
const withBody = (body: Uint8Array) =>
  concat(
    HEADER,
    section(1, Uint8Array.of(1, 0x60, 0, 0)),
    section(3, Uint8Array.of(1, 0)),
    section(10, concat([1], uleb(body.length), body)),
  );

const repeat = (pattern: readonly number[], times: number) => {
  const bytes = new Uint8Array(pattern.length * times);
  for (let i = 0; i < bytes.length; i++) bytes[i] = pattern[i % pattern.length]!;
  return bytes;
};

describe("bombs", () => {
  test.each<[string, () => Uint8Array, string]>([
    [
      "65,536 empty groups of locals",
      () => withBody(concat(uleb(65_536), repeat([0, 0x7f], 65_536), [0x0b])),
      "metered",
    ],
    ["four thousand million locals", () => withBody(concat([1], uleb(0xffff_ffff), [0x7f, 0x0b])), "invalid"],
    [
      "a jump table of a million",
      () => withBody(concat([0, 0x41, 0, 0x0e], uleb(1e6), repeat([0], 1e6 + 1), [0x0b])),
      "invalid",
    ],
    [
      "a jump table that claims four thousand million",
      () => withBody(concat([0, 0x41, 0, 0x0e], uleb(0xffff_ffff), [0x0b])),
      "invalid",
    ],
    [
      "7 MB of nested blocks",
      () => withBody(concat([0], repeat([0x02, 0x40], 2_400_000), repeat([0x0b], 2_400_001))),
      "limit",
    ],
    [
      "10 MB of nested blocks",
      () => withBody(concat([0], repeat([0x02, 0x40], 3_400_000), repeat([0x0b], 3_400_001))),
      "invalid",
    ],
    [
      "1.5 MB of loops, which no longer fit a function",
      () => withBody(concat([0], repeat([0x03, 0x40, 0x0b], 500_000), [0x0b])),
      "limit",
    ],
    ["a million custom sections", () => concat(HEADER, repeat([0, 1, 0], 1e6)), "limit"],
    [
      "a custom section that claims more than there is",
      () => concat(HEADER, [0, 0xff, 0xff, 0xff, 0xff, 0x0f, 0]),
      "invalid",
    ],
    ["an integer that is too long", () => concat(HEADER, [1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00]), "invalid"],
    ...[1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13].map((id): [string, () => Uint8Array, string] => [
      `section ${id} that claims four thousand million items`,
      () => concat(HEADER, section(id, Uint8Array.from(uleb(0xffff_ffff)))),
      id === 12 ? "metered or refused" : "invalid",
    ]),
  ])("%s", (_what, make, expected) => {
    const end = survive(make());
    if (expected !== "metered or refused") expect(end).toBe(expected);
  });
});

test("a module that ends early, wherever, is invalid", () => {
  const whole =
    wat(`(module (import "a" "b" (func)) (memory 1) (data "x") (table 1 funcref) (elem (i32.const 0) 0)
    (global i32 (i32.const 5)) (func $f (export "f") (param i64) (loop (br 0))))`);
  // Between two sections it may well be valid.
  const ends = Array.from({ length: whole.length }, (_, length) => survive(whole.subarray(0, length)));
  expect(ends.filter((end) => end === "invalid").length).toBeGreaterThan(whole.length - 12);
});

const assemblyScript = async (): Promise<Uint8Array> => {
  const source = `
    class Node { next: Node | null = null; constructor(public value: i32) {} }
    export function chain(n: i32): i32 {
      let head: Node | null = null;
      for (let i = 0; i < n; i++) { const node = new Node(i); node.next = head; head = node; }
      let sum = 0;
      while (head) { sum += head.value; head = head.next; }
      return sum;
    }
    export function words(n: i32): string { return ["a", "b"].join(n.toString()) + String.fromCharCode(n); }`;
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(["in.ts", "--outFile", "out.wasm", "-O"], {
    readFile: (name) => (name === "in.ts" ? source : null),
    writeFile: (name, content) => {
      if (name === "out.wasm") binary = content as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(stderr.toString());
  return binary;
};

describe("mutations of real binaries", async () => {
  const binaries: [string, Uint8Array, number][] = [
    ["QuickJS", readFileSync(new URL("quickjs.wasm", import.meta.resolve("quickjs-wasi/package.json"))), 60],
    ["AssemblyScript", await assemblyScript(), 600],
    [
      "hand-written",
      wat(`(module (tag $e (param i32)) (memory 1 2) (table 3 funcref) (elem $s func $f) (data $d "abc")
        (func $f (export "f") (param i32) (result i32)
          (try (result i32)
            (do (loop $l (br_if $l (i32.eqz (local.get 0)))) (call $f (i32.const 1)))
            (catch $e) (catch_all (i32.const 0)))
          (memory.init $d (i32.const 0) (i32.const 0) (i32.const 3))
          (table.init $s (i32.const 0) (i32.const 0) (i32.const 1))
          (block (block (br_table 0 1 0 (local.get 0))))
          (drop (i8x16.extract_lane_s 3 (v128.const i32x4 1 2 3 4)))))`),
      1500,
    ],
  ];
  const change = fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom("set", "cut", "insert"));

  test.each(binaries)("%s", (_name, binary, runs) => {
    expect(survive(binary)).toBe("metered");
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        let bytes = Uint8Array.from(binary);
        for (const [place, byte, kind] of changes) {
          const at = place % bytes.length;
          if (kind === "set") bytes[at] = byte;
          else if (kind === "cut")
            bytes = Uint8Array.from(concat(bytes.subarray(0, at), bytes.subarray(at + 1 + byte)));
          else bytes = Uint8Array.from(concat(bytes.subarray(0, at), [byte], bytes.subarray(at)));
          if (bytes.length === 0) return;
        }
        survive(bytes);
      }),
      { numRuns: runs },
    );
  });
});
