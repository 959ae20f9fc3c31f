import { args, type Call } from "./call.ts";
import type { Json, JsonObject } from "./json.ts";

/** What a dialect has beyond the common form, by its name; given back unchanged. */
interface Extra {
  readonly extra?: JsonObject;
}
export interface TextPart extends Extra {
  readonly type: "text";
  readonly text: string;
}
/** Base64 `data` with its `media_type`, or a `url`. */
export interface ImagePart extends Extra {
  readonly type: "image";
  readonly media_type?: string;
  readonly data?: string;
  readonly url?: string;
}
export interface FilePart extends Extra {
  readonly type: "file";
  readonly media_type: string;
  readonly name?: string;
  /** Base64. */
  readonly data: string;
}
/** What the model thought; it goes back to it unchanged. */
export interface ThinkingPart extends Extra {
  readonly type: "thinking";
  readonly text: string;
  readonly signature?: string;
}
/** A call of a tool that a model asks for; `args` is its own text, which may not be JSON. */
export interface ToolCallPart extends Extra {
  readonly type: "tool_call";
  readonly id: string;
  readonly name: string;
  readonly args: string;
}
export interface ToolResultPart extends Extra {
  readonly type: "tool_result";
  /** Of the call. */
  readonly id: string;
  readonly name?: string;
  readonly content: readonly (TextPart | ImagePart)[];
  readonly is_error?: boolean;
}
export type MessagePart = TextPart | ImagePart | FilePart | ThinkingPart | ToolCallPart | ToolResultPart;

/** A message of a conversation with a model; a string is one text part. */
export interface ChatMessage extends Extra {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string | readonly MessagePart[];
  readonly name?: string;
}

/** A function that a model may call. */
export interface ModelTool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments. */
  readonly parameters: JsonObject;
}

export interface Completion {
  readonly messages: readonly ChatMessage[];
  /** A model's name; several, separated by commas, are tried in order. Default: the agent's. */
  readonly model?: string;
  readonly tools?: readonly ModelTool[];
  readonly tool_choice?: "auto" | "none" | "required" | { readonly name: string };
  readonly response_format?: JsonObject;
  readonly temperature?: number;
  readonly max_tokens?: number;
  readonly thinking?: "off" | "low" | "medium" | "high" | { readonly budget_tokens: number };
  /** A session whose event stream gets the text while it is written. */
  readonly stream_to?: string;
  readonly [field: string]: Json | object | undefined;
}

export type Usage = {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_tokens: number;
  readonly cache_write_tokens: number;
  readonly thinking_tokens: number;
};

export interface CompletionResult {
  readonly message: ChatMessage;
  readonly finish: "stop" | "length" | "tool_calls" | "content_filter" | "stopped" | "error";
  readonly usage: Usage;
  /** `null` where the price is not known. */
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

/** The text of a message, without what is not text. */
export function textOf({ content }: ChatMessage): string {
  if (typeof content === "string") return content;
  return content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}
