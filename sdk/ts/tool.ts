import { args, type Call } from "./call.ts";
import type { Json, JsonObject } from "./json.ts";

export interface ToolResult<T = Json> {
  readonly output: T;
  readonly note?: string;
  readonly receipt: Json;
}

/** The catalogue's tools; running one needs that tool's grant. */
export interface Tool {
  /** As function schemas for a model; of all, or of those named. */
  specs(names?: readonly string[]): Promise<readonly JsonObject[]>;
  search(query: string, options?: { readonly k?: number }): Promise<readonly JsonObject[]>;
  run<T = Json>(name: string, input?: JsonObject): Promise<ToolResult<T>>;
}

export const createTool = (call: Call): Tool => ({
  async specs(names) {
    return (await call<{ tools: JsonObject[] }>("tool.specs", names ? { names } : {})).tools;
  },
  async search(query, options = {}) {
    return (await call<{ tools: JsonObject[] }>("tool.search", args({ query, ...options }))).tools;
  },
  run: (name, input = {}) => call("tool.run", { name, args: input }),
});
