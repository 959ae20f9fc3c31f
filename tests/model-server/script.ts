/** What the scripted model says to one request. Where a failure is named, it comes instead of the rest or in the middle of it. */
export interface ModelAnswer {
  readonly text?: string;
  readonly thinking?: string;
  /** Of the thinking; Anthropic only. */
  readonly signature?: string;
  readonly tool_calls?: readonly ModelToolCall[];
  readonly usage?: ModelUsage;
  /** In the dialect's own word; otherwise what fits. */
  readonly finish?: string;
  /** Characters in one delta; default 4. */
  readonly delta_chars?: number;
  /** Bytes in one write to the socket, across the borders of events and of characters; default: an event a write. */
  readonly write_bytes?: number;
  /** Before the first byte, and between writes, in milliseconds. */
  readonly first_ms?: number;
  readonly between_ms?: number;
  /** Leaves out the usage, as some servers do. */
  readonly no_usage?: boolean;
  readonly failure?: ModelFailure;
  /** Answers with this JSON as it is, status 200, without a stream. */
  readonly whole?: unknown;
  /** Answers with this text as a stream of events. */
  readonly raw?: string;
}
export interface ModelToolCall {
  readonly id?: string;
  readonly name: string;
  /** An object becomes JSON; a string is sent as it is, also where it is not JSON. */
  readonly args: Readonly<Record<string, unknown>> | string;
}
export interface ModelUsage {
  readonly input?: number;
  readonly output?: number;
  readonly cache_read?: number;
  readonly cache_write?: number;
  readonly thinking?: number;
}

export type ModelFailure =
  /** An answer with this status, before anything is said; the body as the vendor words it. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection is reset before anything is said. */
  | { readonly kind: "reset" }
  /** Says half of it, then the connection is reset. */
  | { readonly kind: "half" }
  /** Says half of it, then ends as if that were all. */
  | { readonly kind: "cut" }
  /** Says half of it, then an error in the stream. */
  | { readonly kind: "error_in_stream"; readonly error?: Readonly<Record<string, unknown>> }
  /** Status 200, and then what is not the protocol. */
  | { readonly kind: "garbage"; readonly text?: string; readonly type?: string }
  /** Text without end. */
  | { readonly kind: "endless" }
  /** Takes the request and says nothing. */
  | { readonly kind: "hang" }
  /** Says half of it, then nothing more. */
  | { readonly kind: "stall" };

/** A request as the model server got it. */
export interface ModelRequest {
  readonly path: string;
  readonly dialect: "openai" | "anthropic";
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: ModelRequestBody;
  /** Counted from 0. */
  readonly n: number;
}
export interface ModelRequestBody {
  readonly model?: string;
  readonly stream?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into bodies of any dialect.
  readonly [key: string]: any;
}

export type ModelScript =
  | readonly ModelAnswer[]
  | ((request: ModelRequest) => ModelAnswer | Promise<ModelAnswer>);
