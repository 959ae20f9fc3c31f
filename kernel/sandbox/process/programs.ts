import type { Engine, JsProgram, Snapshot } from "../quickjs/index.ts";
import type { CompiledModule } from "./wasm-guest.ts";

/** What can be run: a compiled module, or an agent's snapshot. */
export type Program =
  | { readonly kind: "wasm"; readonly bytes: number; readonly compiled: CompiledModule }
  | { readonly kind: "js"; readonly bytes: number; readonly engine: Engine; readonly snapshot: Snapshot };

/** Programs by key, the least recently used dropped beyond a bound in bytes. */
export interface Programs {
  get(key: string): Program | undefined;
  put(key: string, program: Program): readonly string[];
  drop(key: string): void;
  count(): number;
  bytes(): number;
}

export type { JsProgram };

export function createPrograms(maxBytes: number): Programs {
  const held = new Map<string, Program>();
  let total = 0;

  const drop = (key: string) => {
    total -= held.get(key)?.bytes ?? 0;
    held.delete(key);
  };

  return {
    get(key) {
      const program = held.get(key);
      if (program) {
        held.delete(key);
        held.set(key, program);
      }
      return program;
    },
    put(key, program) {
      drop(key);
      held.set(key, program);
      total += program.bytes;
      const dropped: string[] = [];
      for (const oldest of held.keys()) {
        if (total <= maxBytes || oldest === key) break;
        drop(oldest);
        dropped.push(oldest);
      }
      return dropped;
    },
    drop,
    count: () => held.size,
    bytes: () => total,
  };
}
