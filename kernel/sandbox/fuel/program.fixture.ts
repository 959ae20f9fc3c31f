import fc from "fast-check";

/**
 * A small structured language that has a WebAssembly text form, an interpreter, and a count of fuel of its
 * own, which knows nothing of binaries.
 */
export type Expression =
  | { readonly op: "const"; readonly value: number }
  | { readonly op: "local"; readonly local: number }
  | {
      readonly op: "binary";
      readonly name: BinaryName;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly op: "load"; readonly address: Expression }
  | { readonly op: "call"; readonly fn: number; readonly argument: Expression }
  | { readonly op: "indirect"; readonly entry: Expression; readonly argument: Expression }
  | {
      readonly op: "either";
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    };

export type Statement =
  | { readonly op: "set"; readonly local: number; readonly value: Expression }
  | { readonly op: "store"; readonly address: Expression; readonly value: Expression }
  | { readonly op: "if"; readonly test: Expression; readonly yes: Body; readonly no: Body }
  | { readonly op: "block"; readonly body: Body }
  | { readonly op: "loop"; readonly times: number; readonly body: Body }
  | { readonly op: "branch"; readonly depth: number; readonly test: Expression | null }
  | { readonly op: "table"; readonly depths: readonly number[]; readonly test: Expression }
  | { readonly op: "return"; readonly value: Expression }
  | { readonly op: "trap" }
  | { readonly op: "throw" }
  | { readonly op: "try"; readonly body: Body; readonly handler: Body }
  | { readonly op: "fill"; readonly dst: Expression; readonly count: Expression }
  | { readonly op: "copy"; readonly dst: Expression; readonly src: Expression; readonly count: Expression };

type Body = readonly Statement[];

export interface Program {
  /** Each `(i32) -> i32` with `LOCALS` locals; a function calls only later ones. */
  readonly functions: readonly Body[];
}

export const LOCALS = 4;
export const LEAVES = 2;
const PAGE_BYTES = 65_536;

const BINARY = {
  add: (a: number, b: number) => (a + b) | 0,
  sub: (a: number, b: number) => (a - b) | 0,
  mul: (a: number, b: number) => Math.imul(a, b),
  xor: (a: number, b: number) => a ^ b,
  and: (a: number, b: number) => a & b,
  lt_s: (a: number, b: number) => Number(a < b),
  eq: (a: number, b: number) => Number(a === b),
  div_u: (a: number, b: number) => {
    if (b === 0) throw new Trap("divide by zero");
    return ((a >>> 0) / (b >>> 0)) | 0;
  },
} as const;
type BinaryName = keyof typeof BINARY;

export class Trap extends Error {}
export class Thrown extends Error {}

/** Thrown where a program takes more fuel than a test should wait for. */
export class TooLong extends Error {}
const FUEL_CEILING = 20_000;

/** Leaving a block, or (for a loop) starting it anew. */
class Branch {
  readonly label: Label;
  constructor(label: Label) {
    this.label = label;
  }
}
class Return {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

interface Label {
  readonly id: number;
  readonly loop: boolean;
}

const targetOf = (labels: readonly Label[], depth: number) =>
  labels.length === 0 ? undefined : labels[depth % labels.length];
const blocksOf = (labels: readonly Label[]) => labels.filter((label) => !label.loop);

const expressionCost = (e: Expression): number => {
  switch (e.op) {
    case "const":
    case "local":
      return 1;
    case "binary":
      return 1 + expressionCost(e.left) + expressionCost(e.right);
    case "load":
      return 3 + expressionCost(e.address);
    case "call":
      return 1 + expressionCost(e.argument);
    case "indirect":
      return 3 + expressionCost(e.entry) + expressionCost(e.argument);
    case "either":
      return 1 + expressionCost(e.test) + expressionCost(e.yes) + expressionCost(e.no);
  }
};

const CONTINUE_COST = 6;

/** Instructions of `body` outside its loops. */
const bodyCost = (body: Body, labels: readonly Label[]): number =>
  body.reduce((sum, statement) => sum + statementCost(statement, labels), 0);

const inner = (labels: readonly Label[], loop: boolean): readonly Label[] => [
  { id: labels.length, loop },
  ...labels,
];

function statementCost(s: Statement, labels: readonly Label[]): number {
  switch (s.op) {
    case "set":
      return 1 + expressionCost(s.value);
    case "store":
      return 3 + expressionCost(s.address) + expressionCost(s.value);
    case "if":
      return 1 + expressionCost(s.test) + bodyCost(s.yes, labels) + bodyCost(s.no, labels);
    case "block":
      return 1 + bodyCost(s.body, inner(labels, false));
    case "loop":
      return 3;
    case "branch": {
      const target = targetOf(labels, s.depth);
      if (target === undefined) return 1;
      const way = target.loop ? CONTINUE_COST : 1;
      return s.test === null ? way : way + 1 + expressionCost(s.test);
    }
    case "table":
      return 1 + (blocksOf(labels).length === 0 ? 0 : expressionCost(s.test));
    case "return":
      return 1 + expressionCost(s.value);
    case "trap":
    case "throw":
      return 1;
    case "try":
      return 1 + bodyCost(s.body, labels) + bodyCost(s.handler, labels);
    case "fill":
      return 2 + expressionCost(s.dst) + expressionCost(s.count);
    case "copy":
      return 1 + expressionCost(s.dst) + expressionCost(s.src) + expressionCost(s.count);
  }
}

export interface Outcome {
  readonly result: number | "trap" | "thrown";
  readonly fuel: number;
  readonly memory: Uint8Array;
}

/**
 * Runs the first function on `argument` with a fresh memory.
 * @throws {TooLong}
 */
export function interpret(program: Program, argument: number): Outcome {
  const memory = new Uint8Array(PAGE_BYTES);
  const view = new DataView(memory.buffer);
  let fuel = 0;

  const spend = (amount: number) => {
    fuel += amount;
    if (fuel > FUEL_CEILING) throw new TooLong();
  };

  const invoke = (fn: number, argument: number): number => {
    const body = program.functions[fn]!;
    // One more for the local.get of the result.
    spend(bodyCost(body, []) + 1);
    const locals = new Int32Array(LOCALS);
    locals[0] = argument;

    const evaluate = (e: Expression): number => {
      switch (e.op) {
        case "const":
          return e.value;
        case "local":
          return locals[e.local]!;
        case "binary": {
          const left = evaluate(e.left);
          return BINARY[e.name](left, evaluate(e.right));
        }
        case "load":
          return view.getInt32(evaluate(e.address) & 0xfffc, true);
        case "call":
          return invoke(calleeOf(program, fn, e.fn), evaluate(e.argument));
        case "indirect": {
          const argument = evaluate(e.argument);
          const entry = evaluate(e.entry) & 3;
          if (entry >= LEAVES) throw new Trap("null entry");
          return invoke(program.functions.length - LEAVES + entry, argument);
        }
        case "either":
          return evaluate(e.test) !== 0 ? evaluate(e.yes) : evaluate(e.no);
      }
    };

    const range = (start: number, count: number) => {
      if ((start >>> 0) + (count >>> 0) > PAGE_BYTES) throw new Trap("out of bounds");
    };

    const counters = new Map<Label, number>();
    /** The back branch of a loop, taken while its counter lasts. */
    const goOn = (label: Label) => {
      const left = counters.get(label)! - 1;
      counters.set(label, left);
      if (left !== 0) throw new Branch(label);
    };

    const execute = (body: Body, labels: readonly Label[]): void => {
      for (const s of body) {
        switch (s.op) {
          case "set":
            locals[s.local] = evaluate(s.value);
            break;
          case "store": {
            const address = evaluate(s.address) & 0xfffc;
            view.setInt32(address, evaluate(s.value), true);
            break;
          }
          case "if":
            execute(evaluate(s.test) !== 0 ? s.yes : s.no, labels);
            break;
          case "block": {
            const inside = inner(labels, false);
            try {
              execute(s.body, inside);
            } catch (signal) {
              if (!(signal instanceof Branch && signal.label === inside[0])) throw signal;
            }
            break;
          }
          case "loop": {
            const inside = inner(labels, true);
            const label = inside[0]!;
            counters.set(label, s.times);
            for (let again = true; again; ) {
              again = false;
              spend(bodyCost(s.body, inside) + CONTINUE_COST);
              try {
                execute(s.body, inside);
                goOn(label);
              } catch (signal) {
                if (!(signal instanceof Branch && signal.label === label)) throw signal;
                again = true;
              }
            }
            break;
          }
          case "branch": {
            const target = targetOf(labels, s.depth);
            if (target === undefined || (s.test !== null && evaluate(s.test) === 0)) break;
            if (target.loop) goOn(target);
            else throw new Branch(target);
            break;
          }
          case "table": {
            const blocks = blocksOf(labels);
            if (blocks.length === 0) break;
            const way = Math.min(evaluate(s.test) >>> 0, s.depths.length - 1);
            throw new Branch(targetOf(blocks, s.depths[way]!)!);
          }
          case "return":
            throw new Return(evaluate(s.value));
          case "trap":
            throw new Trap("unreachable");
          case "throw":
            throw new Thrown();
          case "try":
            try {
              execute(s.body, labels);
            } catch (signal) {
              if (!(signal instanceof Thrown)) throw signal;
              execute(s.handler, labels);
            }
            break;
          case "fill": {
            const dst = evaluate(s.dst);
            const count = evaluate(s.count);
            range(dst, count);
            spend(Math.floor((count >>> 0) / 64));
            memory.fill(7, dst, dst + count);
            break;
          }
          case "copy": {
            const dst = evaluate(s.dst);
            const src = evaluate(s.src);
            const count = evaluate(s.count);
            range(dst, count);
            range(src, count);
            spend(Math.floor((count >>> 0) / 64));
            memory.copyWithin(dst, src, src + count);
            break;
          }
        }
      }
    };

    try {
      execute(body, []);
    } catch (signal) {
      if (signal instanceof Return) return signal.value;
      throw signal;
    }
    return locals[0]!;
  };

  try {
    return { result: invoke(0, argument), fuel, memory };
  } catch (error) {
    if (error instanceof Trap) return { result: "trap", fuel, memory };
    if (error instanceof Thrown) return { result: "thrown", fuel, memory };
    throw error;
  }
}

/** A later function, so that no program recurses; the last ones call the last. */
const calleeOf = (program: Program, caller: number, fn: number): number =>
  caller + 1 + (fn % (program.functions.length - caller - 1));

/** The program as a module in text form that exports `f` and `memory`. */
export function toText(program: Program): string {
  const functions = program.functions.map((body, fn) => functionText(program, body, fn));
  return `(module (type $t (func (param i32) (result i32))) (tag $tag) (memory (export "memory") 1 1)
    (table 4 4 funcref)
    (elem (i32.const 0) $f${program.functions.length - 2} $f${program.functions.length - 1})
    ${functions.join("\n")} (export "f" (func $f0)))`;
}

function functionText(program: Program, body: Body, fn: number): string {
  let counters = 0;
  const counterOf = new Map<Label, string>();

  const expression = (e: Expression): string => {
    switch (e.op) {
      case "const":
        return `(i32.const ${e.value})`;
      case "local":
        return `(local.get ${e.local})`;
      case "binary":
        return `(i32.${e.name} ${expression(e.left)} ${expression(e.right)})`;
      case "load":
        return `(i32.load (i32.and ${expression(e.address)} (i32.const 0xfffc)))`;
      case "call":
        return `(call $f${calleeOf(program, fn, e.fn)} ${expression(e.argument)})`;
      case "indirect":
        return `(call_indirect (type $t) ${expression(e.argument)} (i32.and ${expression(e.entry)} (i32.const 3)))`;
      case "either":
        return `(if (result i32) ${expression(e.test)} (then ${expression(e.yes)}) (else ${expression(e.no)}))`;
    }
  };

  const goOn = (label: Label) => {
    const counter = counterOf.get(label);
    return `(local.set ${counter} (i32.sub (local.get ${counter}) (i32.const 1)))
      (br_if $l${label.id} (local.get ${counter}))`;
  };

  const statement = (s: Statement, labels: readonly Label[]): string => {
    switch (s.op) {
      case "set":
        return `(local.set ${s.local} ${expression(s.value)})`;
      case "store":
        return `(i32.store (i32.and ${expression(s.address)} (i32.const 0xfffc)) ${expression(s.value)})`;
      case "if":
        return `(if ${expression(s.test)} (then ${text(s.yes, labels)}) (else ${text(s.no, labels)}))`;
      case "block": {
        const inside = inner(labels, false);
        return `(block $l${inside[0]!.id} ${text(s.body, inside)})`;
      }
      case "loop": {
        const inside = inner(labels, true);
        const label = inside[0]!;
        const counter = `$c${counters++}`;
        counterOf.set(label, counter);
        return `(local.set ${counter} (i32.const ${s.times}))
          (loop $l${label.id} ${text(s.body, inside)} ${goOn(label)})`;
      }
      case "branch": {
        const target = targetOf(labels, s.depth);
        if (target === undefined) return "nop";
        const way = target.loop ? goOn(target) : `(br $l${target.id})`;
        return s.test === null ? way : `(if ${expression(s.test)} (then ${way}))`;
      }
      case "table": {
        const blocks = blocksOf(labels);
        if (blocks.length === 0) return "nop";
        const targets = s.depths.map((depth) => `$l${targetOf(blocks, depth)!.id}`);
        return `(br_table ${targets.join(" ")} ${expression(s.test)})`;
      }
      case "return":
        return `(return ${expression(s.value)})`;
      case "trap":
        return "unreachable";
      case "throw":
        return "(throw $tag)";
      case "try":
        return `(try (do ${text(s.body, labels)}) (catch_all ${text(s.handler, labels)}))`;
      case "fill":
        return `(memory.fill ${expression(s.dst)} (i32.const 7) ${expression(s.count)})`;
      case "copy":
        return `(memory.copy ${expression(s.dst)} ${expression(s.src)} ${expression(s.count)})`;
    }
  };
  const text = (body: Body, labels: readonly Label[]): string =>
    body.map((s) => statement(s, labels)).join("\n");

  const code = text(body, []);
  const counterLocals = Array.from({ length: counters }, (_, i) => `(local $c${i} i32)`).join(" ");
  return `(func $f${fn} (type $t) (local i32 i32 i32) ${counterLocals} ${code} (local.get 0))`;
}

const local = fc.nat(LOCALS - 1);
const constant = fc.oneof(fc.integer({ min: -3, max: 70 }), fc.constantFrom(64, 128, 1000, 65_535, 65_536));

/** Arbitrary programs; in a leaf there are no calls. */
const bodies = (leaf: boolean) =>
  fc.letrec<{ expression: Expression; body: Statement[]; statement: Statement }>((tie) => {
    const expression = tie("expression");
    const body = tie("body");
    const calls: fc.Arbitrary<Expression>[] = leaf
      ? []
      : [
          fc.record({ op: fc.constant("call" as const), fn: fc.nat(9), argument: expression }),
          fc.record({ op: fc.constant("indirect" as const), entry: expression, argument: expression }),
        ];
    return {
      expression: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.record({ op: fc.constant("const" as const), value: constant }),
        fc.record({ op: fc.constant("local" as const), local }),
        fc.record({
          op: fc.constant("binary" as const),
          name: fc.constantFrom(...(Object.keys(BINARY) as BinaryName[])),
          left: expression,
          right: expression,
        }),
        fc.record({ op: fc.constant("load" as const), address: expression }),
        fc.record({
          op: fc.constant("either" as const),
          test: expression,
          yes: expression,
          no: expression,
        }),
        ...calls,
      ),
      body: fc.array(tie("statement"), { maxLength: 5, depthIdentifier: "statement" }),
      statement: fc.oneof(
        { depthSize: "medium", withCrossShrink: true, depthIdentifier: "statement" },
        fc.record({ op: fc.constant("set" as const), local, value: expression }),
        fc.record({ op: fc.constant("store" as const), address: expression, value: expression }),
        fc.record({ op: fc.constant("if" as const), test: expression, yes: body, no: body }),
        fc.record({ op: fc.constant("block" as const), body }),
        fc.record({ op: fc.constant("loop" as const), times: fc.integer({ min: 1, max: 4 }), body }),
        fc.record({ op: fc.constant("loop" as const), times: fc.integer({ min: 1, max: 4 }), body }),
        fc.record({ op: fc.constant("try" as const), body, handler: body }),
        fc.record({ op: fc.constant("branch" as const), depth: fc.nat(5), test: fc.option(expression) }),
        fc.record({
          op: fc.constant("table" as const),
          depths: fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }),
          test: expression,
        }),
        fc.record({ op: fc.constant("return" as const), value: expression }),
        fc.record({ op: fc.constant("fill" as const), dst: expression, count: expression }),
        fc.record({ op: fc.constant("copy" as const), dst: expression, src: expression, count: expression }),
        fc.constantFrom<Statement>({ op: "trap" }, { op: "throw" }),
      ),
    };
  }).body;

export const programs: fc.Arbitrary<Program> = fc
  .tuple(
    fc.array(bodies(false), { minLength: 1, maxLength: 3 }),
    fc.array(bodies(true), { minLength: LEAVES, maxLength: LEAVES }),
  )
  .map(([callers, leaves]) => ({ functions: [...callers, ...leaves] }));
