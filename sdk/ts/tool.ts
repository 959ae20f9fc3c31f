import { args, type Call } from "./call.ts";
import type { Json, JsonObject } from "./json.ts";

/** What a call does to the world. */
export type Effect = "none" | "read" | "write" | "network" | "exec" | "message" | "money" | "system";

/** Proof that a call happened: its row in the journal, and the hashes of arguments and result. */
export type Receipt = {
  readonly seq: number;
  readonly hash: string;
  readonly args_hash: string;
  readonly result_hash: string;
};

export interface ToolResult<T = Json> {
  readonly output: T;
  readonly note?: string;
  /** It comes from outside the owner: data, not instructions. */
  readonly tainted: boolean;
  readonly receipt?: Receipt;
}

export interface ToolSpec {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly summary: string;
  readonly effect: Effect;
  readonly needs: readonly string[];
  readonly repeatable: boolean;
  readonly input_schema: JsonObject;
  readonly output_schema: JsonObject;
  readonly examples: readonly Json[];
}

/** The catalogue's tools; running one needs that tool's grant. */
export interface Tool {
  /** Those named; or those that the agent declares. */
  specs(names?: readonly string[]): Promise<readonly ToolSpec[]>;
  search(query: string, options?: { readonly k?: number }): Promise<readonly ToolSpec[]>;
  run<T = Json>(
    name: string,
    input?: JsonObject,
    options?: {
      readonly session?: string;
      /** The id of the model's call that it answers: it then stands in the receipt. */
      readonly call?: string;
    },
  ): Promise<ToolResult<T>>;
}

export const createTool = (call: Call): Tool => ({
  async specs(names) {
    return (await call<{ tools: ToolSpec[] }>("tool.specs", names ? { names } : {})).tools;
  },
  async search(query, options = {}) {
    return (await call<{ tools: ToolSpec[] }>("tool.search", args({ query, ...options }))).tools;
  },
  run: (name, input = {}, options = {}) => call("tool.run", args({ name, args: input, ...options })),
});
