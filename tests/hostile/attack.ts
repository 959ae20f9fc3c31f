import type { ErrorCode, JsonValue } from "#contract";

/** One hostile module and the call that sets it off. */
export interface Attack {
  /** The module's id. */
  readonly id: string;
  /** What it attempts, in words: the test's name. */
  readonly attempt: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly manifest?: Readonly<Record<string, JsonValue>>;
  readonly args?: JsonValue;
  /** The codes with which the call may end; `reply` where the module is merely told "no" and answers. */
  readonly ends: readonly (ErrorCode | "reply")[];
  /** What the message must say, so that its owner can mend it. */
  readonly says?: RegExp;
}

/** The function every attack is called by. */
export const ATTACK = "attack";

const exposed = (...names: readonly string[]): JsonValue =>
  names.map((name) => ({ name, description: name, input_schema: {} }));

/** The manifest of an attack: small limits, so that an endless thing ends within a second. */
export function manifestOf({ manifest, files }: Attack): Record<string, JsonValue> {
  return {
    entry: "agent.wasm" in files ? "agent.wasm" : "agent.ts",
    timeout_call_ms: 10_000,
    fuel_per_call: 400_000_000,
    exposes_rpc: exposed(ATTACK),
    ...manifest,
  };
}

/** A TypeScript module whose `attack` has this body; `host` and `args` are in reach, `top` stands before it. */
export function script(body: string, top = ""): Readonly<Record<string, string>> {
  return {
    "agent.ts": `import { agent } from "fieldwork";
const tell = (error) => ({ code: error.code ?? error.name, message: String(error.message) });
${top}
export default agent({ rpc: { attack: { async run(args, host) { ${body} } } } });`,
  };
}
