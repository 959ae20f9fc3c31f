import { args, type Call } from "./call.ts";
import type { Json, JsonObject } from "./json.ts";

/** A call of a tool that a model asks for. */
export interface ToolCall {
  readonly id: string;
  readonly type: "function";
  readonly function: { readonly name: string; readonly arguments: string };
}

/** A message of a conversation with a model, in the OpenAI chat form. */
export interface ChatMessage {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string | null | readonly JsonObject[];
  readonly name?: string;
  readonly tool_calls?: readonly ToolCall[];
  readonly tool_call_id?: string;
}

export interface Completion {
  readonly messages: readonly ChatMessage[];
  readonly model?: string;
  readonly tools?: readonly JsonObject[];
  readonly tool_choice?: Json;
  readonly response_format?: JsonObject;
  readonly temperature?: number;
  readonly max_tokens?: number;
  /** A session whose event stream gets the text while it is written. */
  readonly stream_to?: string;
}

export interface CompletionResult {
  readonly message: ChatMessage;
  readonly finish: string;
  readonly usage: JsonObject;
  readonly cost_usd: number | null;
  readonly model: string;
  readonly provider: string;
}

/** Models, within what the owner allows and pays. */
export interface Llm {
  complete(completion: Completion): Promise<CompletionResult>;
  /** Throws `unavailable` where no embedder is configured. */
  embed(input: readonly string[]): Promise<{ readonly vectors: readonly number[][]; readonly model: string }>;
}

export const createLlm = (call: Call): Llm => ({
  complete: (completion) => call("llm.complete", args(completion)),
  embed: (input) => call("llm.embed", { input }),
});
